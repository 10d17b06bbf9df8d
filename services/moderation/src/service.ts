/** Moderation says what a text is, what the policy makes of it, and whether the person is at risk. */

import { chat, gateway, moderation } from '@luna/contracts'
import { rulesWarming } from '@luna/safety'
import { defineService, on, onTogether, watch } from '@luna/service'
import { check } from './check/check.ts'
import { config } from './config.ts'
import { createContext, type ModerationContext } from './context.ts'
import { countRisk } from './count-risk/count-risk.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { getPolicy } from './get-policy/get-policy.ts'

export const service = defineService({
  name: 'moderation',
  contract: moderation,
  owns: { schema: 'moderation', migrations, connections: 4 },
  config,
  context: createContext,
  listens: [onTogether(chat.events.turnEnded, countRisk), on(gateway.events.accountErased, eraseAccount)],
  serves: { check, getPolicy },
  watches: [watch(moderation.feeds.policyChanged, (_frame, ctx: ModerationContext) => ctx.policies.drop())],
  runs: [rulesWarming],
})
