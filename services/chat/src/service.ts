/** Chat keeps conversations and lets companions answer in them. */

import { chat, gateway } from '@luna/contracts'
import { rulesWarming } from '@luna/safety'
import { defineService, on, watch } from '@luna/service'
import { acceptMessage } from './accept/accept-message.ts'
import { beginCompletion } from './completions/begin-completion.ts'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { createConversation } from './conversations/create-conversation.ts'
import { deleteConversation } from './conversations/delete-conversation.ts'
import { getConversation, listConversations } from './conversations/list-conversations.ts'
import { updateConversation } from './conversations/update-conversation.ts'
import { migrations } from './db/migrations/index.ts'
import { erasePerson } from './erase/erase-person.ts'
import { exportPage } from './export/export-page.ts'
import { trainingPairs } from './export/training-pairs.ts'
import { turnTexts } from './feeding/turn-texts.ts'
import { deleteMessage } from './messages/delete-message.ts'
import { editMessage } from './messages/edit-message.ts'
import { getMessage, listMessages } from './messages/list-messages.ts'
import { regenerate } from './messages/regenerate.ts'
import { setFeedback } from './messages/set-feedback.ts'
import { checkpoint, snapshot } from './messages/snapshot.ts'
import { searchMessages } from './search/search-messages.ts'
import { getShared, share, unshare } from './share/share.ts'
import { approve } from './turns/approve.ts'
import { beginTurn } from './turns/begin-turn.ts'
import { cancelTurn } from './turns/cancel-turn.ts'
import { getTurn, listTurns } from './turns/get-turn.ts'
import { startHolder } from './turns/holder.ts'
import { rebuildTerminal } from './turns/rebuild-terminal.ts'
import * as watched from './turns/watched.ts'

export const service = defineService({
  name: 'chat',
  contract: chat,
  owns: { schema: 'chat', migrations, connections: 12 },
  config,
  context: createContext,
  listens: [
    on(gateway.events.messageSubmitted, acceptMessage, { concurrency: 64 }),
    on(gateway.events.accountErased, erasePerson),
  ],
  watches: [
    watch(chat.feeds.cancelRequested, watched.cancelRequested),
    watch(chat.feeds.toolDecided, watched.toolDecided),
    watch(chat.feeds.turnWaiting, watched.turnWaiting),
    watch(chat.feeds.checkpointWanted, watched.checkpointWanted),
  ],
  serves: {
    createConversation,
    listConversations,
    getConversation,
    updateConversation,
    deleteConversation,
    listMessages,
    getMessage,
    snapshot,
    editMessage,
    deleteMessage,
    regenerate,
    setFeedback,
    getTurn,
    cancelTurn,
    approve,
    searchMessages,
    share,
    unshare,
    getShared,
    exportPage,
    trainingPairs,
    turnTexts,
    checkpoint,
    beginTurn,
    beginCompletion,
    listTurns,
  },
  rebuilds: { conversationFrames: rebuildTerminal },
  runs: [{ name: 'holder', start: startHolder }, rulesWarming],
})
