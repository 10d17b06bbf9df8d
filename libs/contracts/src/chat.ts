import { z } from 'zod'
import { call, defineContract, event, feed } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { limits } from './limits.ts'
import {
  conversation,
  errorBody,
  feedback,
  message,
  messageText,
  page,
  pageQuery,
  riskLevel,
  route,
  tags,
  text,
  turn,
  turnState,
  usage,
  uuid,
} from './shapes.ts'
import { changedWhat, turnFrames } from './wire.ts'

const turnFacts = {
  personId: uuid,
  conversationId: uuid,
  revision: z.number().int(),
  turnId: uuid,
  attempt: z.number().int(),
  characterId: uuid.nullable(),
  private: z.boolean(),
}

/** Opens the frames of a run that is kept in no conversation. */
const ephemeral = uuid

/** Internal: the whole state of a running turn, so that whoever lost frames stands on firm ground again. */
export const checkpointFrame = z.object({
  type: z.literal('checkpoint'),
  conversationId: uuid,
  cursor: z.string(),
  turn: z
    .object({
      turnId: uuid,
      attempt: z.number().int(),
      seq: z.number().int(),
      text: z.string(),
      parentId: uuid.nullable(),
    })
    .nullable(),
})

export const conversationFrame = z.discriminatedUnion('type', [
  turnFrames.queued,
  turnFrames.started,
  turnFrames.delta,
  turnFrames.tool,
  turnFrames.replaced,
  turnFrames.completed,
  turnFrames.failed,
  turnFrames.cancelled,
  checkpointFrame,
])
export type ConversationFrame = z.infer<typeof conversationFrame>

export const personFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('accepted'),
    id: uuid,
    conversationId: uuid,
    messageId: uuid,
    turnId: uuid,
  }),
  z.object({ type: z.literal('refused'), id: uuid, error: errorBody }),
  z.object({
    type: z.literal('changed'),
    what: changedWhat,
    id: uuid,
    version: z.number().int(),
    conversationId: uuid.optional(),
  }),
])
export type PersonFrame = z.infer<typeof personFrame>

/** Tool definitions and calls as the OpenAI API has them; passed through for `/v1/chat/completions`. */
const completionMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.string().nullable(),
  name: z.string().optional(),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })).optional(),
  toolCallId: z.string().optional(),
})

export const chat = defineContract({
  service: 'chat',
  summary: 'Conversations, the message tree and the turn engine.',
  events: {
    turnEnded: event(
      'chat.turn-ended.v1',
      'A turn has ended with an answer, or was stopped; the texts are fetched by call.',
      z.object({
        ...turnFacts,
        outcome: z.enum(['completed', 'cancelled']),
        userMessageId: uuid.nullable(),
        messageId: uuid.nullable(),
        route: route.nullable(),
        usage: usage.nullable(),
        risk: riskLevel,
        durationMs: z.number().int(),
        firstTokenMs: z.number().int().nullable(),
      }),
    ),
    turnFailed: event(
      'chat.turn-failed.v1',
      'A turn has ended without an answer.',
      z.object({ ...turnFacts, userMessageId: uuid.nullable(), errorCode: z.string() }),
    ),
    messageChanged: event(
      'chat.message-changed.v1',
      'A message was edited (a sibling stands beside it), deleted, or its tags changed.',
      z.object({
        personId: uuid,
        conversationId: uuid,
        revision: z.number().int(),
        messageId: uuid,
        change: z.enum(['edited', 'deleted', 'tagged']),
      }),
    ),
    branchSwitched: event(
      'chat.branch-switched.v1',
      'Another leaf of the message tree is the active one.',
      z.object({
        personId: uuid,
        conversationId: uuid,
        revision: z.number().int(),
        activeLeafId: uuid.nullable(),
      }),
    ),
    conversationDeleted: event(
      'chat.conversation-deleted.v1',
      'A conversation and all its messages are gone; what came from them must go too.',
      z.object({ personId: uuid, conversationId: uuid, revision: z.number().int() }),
    ),
    erased: event('chat.erased.v1', 'chat has erased a person.', erasedPayload),
  },
  calls: {
    createConversation: call('chat.create-conversation.v1', 'Opens a conversation.', {
      input: z.strictObject({
        characterId: uuid.optional(),
        title: text(limits.titleCodePoints).optional(),
        private: z.boolean().optional(),
      }),
      output: conversation,
    }),
    listConversations: call('chat.list-conversations.v1', 'The conversations of a person, last used first.', {
      input: z.strictObject({ ...pageQuery.shape, tag: text(limits.tagCodePoints).optional() }),
      output: page(conversation),
    }),
    getConversation: call('chat.get-conversation.v1', 'One conversation.', {
      input: z.strictObject({ conversationId: uuid }),
      output: conversation,
    }),
    updateConversation: call('chat.update-conversation.v1', 'Changes title, tags or the active leaf.', {
      input: z.strictObject({
        conversationId: uuid,
        title: text(limits.titleCodePoints).optional(),
        tags: tags.optional(),
        activeLeafId: uuid.optional(),
        /** The version the change was made against; another one stored means `stale`. */
        ifVersion: z.number().int().optional(),
      }),
      output: conversation,
    }),
    deleteConversation: call('chat.delete-conversation.v1', 'Deletes a conversation with all that is in it.', {
      input: z.strictObject({ conversationId: uuid, ifVersion: z.number().int().optional() }),
      output: z.object({ deleted: z.literal(true) }),
    }),
    listMessages: call('chat.list-messages.v1', 'A branch of the tree, oldest first; or the whole tree.', {
      input: z.strictObject({
        ...pageQuery.shape,
        conversationId: uuid,
        leafId: uuid.optional(),
        tree: z.boolean().optional(),
        /** `older` (default) gives the last page first: its nextCursor leads to older messages. */
        direction: z.enum(['older', 'newer']).optional(),
      }),
      output: page(message),
    }),
    getMessage: call('chat.get-message.v1', 'One message.', {
      input: z.strictObject({ messageId: uuid }),
      output: message,
    }),
    snapshot: call(
      'chat.snapshot.v1',
      'The last page of a conversation, the running turn, and where its frames stand.',
      {
        input: z.strictObject({ conversationId: uuid }),
        output: z.object({
          conversation,
          messages: z.array(message),
          /** The cursor of the last stored end of a turn: frames beyond it are replayed on top. */
          cursor: z.string(),
          turn: z
            .object({ turnId: uuid, attempt: z.number().int(), state: turnState, parentId: uuid.nullable() })
            .nullable(),
        }),
      },
    ),
    editMessage: call(
      'chat.edit-message.v1',
      'Writes a sibling with other text; of a user message, a new turn answers it.',
      {
        input: z.strictObject({
          messageId: uuid,
          text: messageText.optional(),
          tags: tags.optional(),
          ifVersion: z.number().int().optional(),
        }),
        output: z.object({ message, turnId: uuid.nullable() }),
      },
    ),
    deleteMessage: call('chat.delete-message.v1', 'Deletes a message and all that follows it.', {
      input: z.strictObject({ messageId: uuid, ifVersion: z.number().int().optional() }),
      output: z.object({ deleted: z.number().int(), activeLeafId: uuid.nullable() }),
    }),
    regenerate: call('chat.regenerate.v1', 'A new answer beside the old one. The same id is one turn.', {
      input: z.strictObject({ id: uuid, messageId: uuid }),
      output: z.object({ conversationId: uuid, messageId: uuid, turnId: uuid }),
    }),
    setFeedback: call('chat.set-feedback.v1', 'Rates an answer; kept as learning data.', {
      input: z.strictObject({ messageId: uuid, feedback: feedback.nullable() }),
      output: message,
    }),
    getTurn: call('chat.get-turn.v1', 'A turn: state, route, receipt, usage, error.', {
      input: z.strictObject({ turnId: uuid }),
      output: turn,
    }),
    cancelTurn: call('chat.cancel-turn.v1', 'Stops a turn; the text so far stays. Commits before it answers.', {
      input: z.strictObject({ turnId: uuid }),
      output: z.object({ turnId: uuid, state: turnState }),
    }),
    approve: call('chat.approve.v1', 'The answer of the person to a proposed tool call.', {
      input: z.strictObject({ callId: z.string(), decision: z.enum(['once', 'always', 'never', 'deny']) }),
      output: z.object({ callId: z.string() }),
    }),
    searchMessages: call('chat.search-messages.v1', 'Full text over the messages of a person, best first.', {
      input: z.strictObject({ ...pageQuery.shape, q: text(500, 1) }),
      output: page(z.object({ message, conversationTitle: z.string(), score: z.number() })),
    }),
    share: call(
      'chat.share.v1',
      'Makes a read-only snapshot of the active branch, readable by whoever has the token.',
      {
        input: z.strictObject({ conversationId: uuid }),
        output: z.object({ token: z.string() }),
      },
    ),
    unshare: call('chat.unshare.v1', 'Revokes the share of a conversation.', {
      input: z.strictObject({ conversationId: uuid }),
      output: z.object({ revoked: z.number().int() }),
    }),
    getShared: call('chat.get-shared.v1', 'A shared snapshot, by its token.', {
      input: z.strictObject({ token: z.string().max(200) }),
      output: z.object({
        title: z.string(),
        sharedAt: z.string(),
        messages: z.array(z.object({ role: z.string(), text: z.string(), createdAt: z.string() })),
      }),
    }),
    exportPage: call('chat.export-page.v1', 'All of a person or of one conversation as JSON rows, page by page.', {
      input: z.strictObject({ conversationId: uuid.optional(), cursor: z.string().optional() }),
      output: z.object({
        rows: z.array(z.record(z.string(), z.unknown())),
        nextCursor: z.string().nullable(),
      }),
    }),
    trainingPairs: call('chat.training-pairs.v1', 'Rated answers as preference pairs for training.', {
      input: z.strictObject({ ...pageQuery.shape }),
      output: page(
        z.object({
          prompt: z.array(z.object({ role: z.string(), content: z.string() })),
          chosen: z.string().nullable(),
          rejected: z.string().nullable(),
          reason: z.string().nullable(),
        }),
      ),
    }),
    turnTexts: call('chat.turn-texts.v1', 'The texts of a turn, for the services that listen to `turn-ended`.', {
      input: z.strictObject({ turnId: uuid }),
      output: z.object({
        conversationId: uuid,
        revision: z.number().int(),
        private: z.boolean(),
        messages: z.array(message),
        /** Where the conversation stands, and what has been said on the active branch since this turn, newest first. */
        now: z
          .object({
            version: z.number().int(),
            activeLeafId: uuid.nullable(),
            characterIds: z.array(uuid),
            since: z.array(message),
          })
          .optional(),
      }),
    }),
    checkpoint: call('chat.checkpoint.v1', 'Makes the holder say on the feed where a running turn stands, whole.', {
      input: z.strictObject({ conversationId: uuid }),
      output: z.object({ asked: z.boolean() }),
    }),
    beginTurn: call('chat.begin-turn.v1', 'Lets a companion speak first: reminders, check-ins, several characters.', {
      input: z.strictObject({
        id: uuid,
        personId: uuid,
        conversationId: uuid,
        characterId: uuid.optional(),
        instruction: text(4_000, 1),
      }),
      output: z.object({ turnId: uuid }),
    }),
    beginCompletion: call(
      'chat.begin-completion.v1',
      'A turn that is kept nowhere (`/v1/chat/completions` without a conversation); its frames come on the feed.',
      {
        input: z.strictObject({
          runId: ephemeral,
          characterId: uuid.nullable(),
          messages: z.array(completionMessage).min(1),
          tools: z.array(z.record(z.string(), z.unknown())).optional(),
          toolChoice: z.unknown().optional(),
          temperature: z.number().optional(),
          topP: z.number().optional(),
          maxTokens: z.number().int().positive().optional(),
          stop: z.array(z.string()).optional(),
          risk: riskLevel,
        }),
        output: z.object({ turnId: uuid }),
      },
    ),
    listTurns: call('chat.list-turns.v1', 'Turns of everybody by state, for operators: no text.', {
      input: z.strictObject({ ...pageQuery.shape, state: turnState.optional() }),
      output: page(
        z.object({
          id: uuid,
          state: turnState,
          attempt: z.number().int(),
          holder: z.string().nullable(),
          route: route.nullable(),
          createdAt: z.string(),
          endedAt: z.string().nullable(),
          errorCode: z.string().nullable(),
        }),
      ),
    }),
  },
  feeds: {
    conversationFrames: feed(
      'chat.conversation-frames.v1',
      'The frames of the turns of a conversation, numbered by its holder.',
      {
        key: 'conversation',
        replay: true,
        schema: conversationFrame,
      },
    ),
    completionFrames: feed(
      'chat.completion-frames.v1',
      'The frames of a run that is kept nowhere; the key is its runId.',
      {
        key: 'conversation',
        schema: z.discriminatedUnion('type', [
          z.object({ type: z.literal('started'), route: route.nullable() }),
          z.object({ type: z.literal('delta'), text: z.string() }),
          z.object({
            type: z.literal('tool-calls'),
            calls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })),
          }),
          z.object({
            type: z.literal('ended'),
            reason: z.enum(['stop', 'length', 'tool_calls', 'content_filter']),
            usage,
          }),
          z.object({ type: z.literal('failed'), error: errorBody }),
        ]),
      },
    ),
    personFrames: feed('chat.person-frames.v1', 'What has changed for a person, and what became of a submission.', {
      key: 'person',
      schema: personFrame,
    }),
    cancelRequested: feed('chat.cancel-requested.v1', 'A stop has been committed: whoever runs the turn ends it.', {
      key: 'everyone',
      schema: z.object({
        turnId: uuid,
        personId: uuid,
        /** Set when the turn was still waiting and is over with the commit: the holder only says so. */
        queuedIn: uuid.optional(),
      }),
    }),
    toolDecided: feed(
      'chat.tool-decided.v1',
      'The person has answered a proposed tool call: whoever runs the turn goes on.',
      {
        key: 'everyone',
        schema: z.object({ callId: z.string(), decision: z.enum(['once', 'always', 'never', 'deny']) }),
      },
    ),
    turnWaiting: feed(
      'chat.turn-waiting.v1',
      'A turn waits in a conversation that another process holds, or for a process.',
      {
        key: 'everyone',
        schema: z.object({ conversationId: uuid, turnId: uuid }),
      },
    ),
    checkpointWanted: feed(
      'chat.checkpoint-wanted.v1',
      'A gateway has lost frames and wants the holder to say where it stands.',
      {
        key: 'everyone',
        schema: z.object({ conversationId: uuid }),
      },
    ),
  },
})
