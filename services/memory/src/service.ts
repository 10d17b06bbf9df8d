/** Memory keeps what was said and answers what is remembered about this. */

import { chat, gateway, memory } from '@luna/contracts'
import { defineService, on } from '@luna/service'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { exportPage } from './export-page/export-page.ts'
import { followChange } from './follow/follow-change.ts'
import { forgetConversation } from './forget-conversation/forget-conversation.ts'
import { recall } from './recall/recall.ts'
import { rememberTurn } from './remember/remember-turn.ts'

export const service = defineService({
  name: 'memory',
  contract: memory,
  owns: { schema: 'memory', migrations },
  config,
  context: createContext,
  listens: [
    on(chat.events.turnEnded, rememberTurn),
    on(chat.events.turnFailed, rememberTurn),
    on(chat.events.messageChanged, followChange),
    on(chat.events.branchSwitched, followChange),
    on(chat.events.conversationDeleted, forgetConversation),
    on(gateway.events.accountErased, eraseAccount),
  ],
  serves: { recall, exportPage },
})
