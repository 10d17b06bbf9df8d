/** The gateway is where people come in: accounts, keys, sessions, and every protocol they speak. */

import { chat, gateway, memory, moderation, personality, plugins } from '@luna/contracts'
import { rulesWarming } from '@luna/safety'
import { defineService, on, onTogether, watch } from '@luna/service'
import { identity } from './accounts/identity.ts'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import { recordAnswer } from './erasure/record-answer.ts'
import { erasureSchedule, forgetting } from './housekeeping/housekeeping.ts'
import { httpServer } from './http/server.ts'
import { personKey } from './keys/person-key.ts'
import { changingMasterKey } from './keys/wrap-anew.ts'
import { limitsConnection } from './limits/open-limits.ts'
import { embedderConnections } from './models/open-embedder.ts'
import { grantRole } from './roles/grant-role.ts'
import { forgetRevoked } from './sessions/forget-revoked.ts'
import { countTurns } from './usage/count-turn.ts'

export interface GatewayOptions {
  /** Told where people find it once it listens. */
  onListening?: (url: string) => void
}

export const createGateway = ({ onListening }: GatewayOptions = {}) =>
  defineService({
    name: 'gateway',
    contract: gateway,
    owns: { schema: 'gateway', migrations, connections: 10 },
    config,
    context: createContext,
    listens: [
      onTogether(chat.events.turnEnded, countTurns),
      on(chat.events.erased, recordAnswer),
      on(memory.events.erased, recordAnswer),
      on(personality.events.erased, recordAnswer),
      on(plugins.events.erased, recordAnswer),
      on(moderation.events.erased, recordAnswer),
    ],
    serves: { personKey, identity, grantRole },
    watches: [watch(gateway.feeds.sessionRevoked, forgetRevoked)],
    runs: [
      limitsConnection,
      embedderConnections,
      changingMasterKey,
      erasureSchedule,
      forgetting,
      httpServer(onListening),
      rulesWarming,
    ],
  })

export const service = createGateway()
