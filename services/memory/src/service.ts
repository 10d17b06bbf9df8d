/** Memory keeps what was said, learns from it, and answers what is remembered about this. */

import { chat, gateway, memory } from '@luna/contracts'
import { defineService, on } from '@luna/service'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { exportPage } from './export-page/export-page.ts'
import { startLearning } from './extract/worker.ts'
import { followChange } from './follow/follow-change.ts'
import { forgetConversation } from './forget-conversation/forget-conversation.ts'
import { insights } from './insights/insights.ts'
import { addJournal, editJournal, listJournal, removeJournal } from './journal/journal.ts'
import { journalPrompts } from './journal/prompts.ts'
import { addMemory } from './memories/add.ts'
import { editMemory } from './memories/edit.ts'
import { explainMemory } from './memories/explain.ts'
import { getMemory, listMemories } from './memories/find.ts'
import { forgetMemory } from './memories/forget.ts'
import { recall } from './recall/recall.ts'
import { reindex } from './reindex/reindex.ts'
import { rememberTurn } from './remember/remember-turn.ts'
import { getSettings, setSettings } from './settings/settings.ts'

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
  serves: {
    recall,
    listMemories,
    getMemory,
    addMemory,
    editMemory,
    forgetMemory,
    explainMemory,
    getSettings,
    setSettings,
    insights,
    listJournal,
    addJournal,
    editJournal,
    removeJournal,
    journalPrompts,
    reindex,
    exportPage,
  },
  runs: [{ name: 'learning', start: startLearning }],
})
