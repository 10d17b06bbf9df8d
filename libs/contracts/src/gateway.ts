import { z } from 'zod'
import { call, defineContract, event, feed } from './define.ts'
import { riskLevel, uuid } from './shapes.ts'

/** What the sealed part of a submission holds once opened with the person's key. */
export const submissionContent = z.object({
  text: z.string(),
  attachments: z.array(z.object({ id: uuid, name: z.string(), type: z.string(), bytes: z.number().int() })),
})
export type SubmissionContent = z.infer<typeof submissionContent>

const messageSubmitted = event(
  'gateway.message-submitted.v1',
  'A person has sent a message. The one event with personal text, sealed with the key of the person, purged once stored.',
  z.object({
    personId: uuid,
    /** The client's own id for the message: (personId, clientId) is one turn, however often it is sent. */
    clientId: uuid,
    conversationId: uuid.nullable(),
    characterId: uuid.nullable(),
    parentId: uuid.nullable(),
    private: z.boolean(),
    /** base64 of AES-256-GCM over JSON of {@link submissionContent}; the additional data is the clientId. */
    sealed: z.string(),
    /** What the gateway's own look at the text found, without any network. */
    safety: z.object({ risk: riskLevel, cardId: z.string().nullable() }),
  }),
)

const accountErased = event(
  'gateway.account-erased.v1',
  'A person has erased the account. Sent again until every service has answered with its own `erased`.',
  z.object({ personId: uuid, erasureId: uuid }),
)

export const gateway = defineContract({
  service: 'gateway',
  summary: 'The edge: accounts, keys of persons, sessions, REST, WebSocket, SSE, the OpenAI-compatible API.',
  events: { messageSubmitted, accountErased },
  calls: {
    personKey: call('gateway.person-key.v1', 'The data key of a person, made at first use.', {
      input: z.strictObject({ personId: uuid }),
      /** base64 of 32 bytes; not-found once the person is erased. */
      output: z.object({ key: z.string() }),
    }),
    identity: call('gateway.identity.v1', 'Who a person is: name, mail address, roles.', {
      input: z.strictObject({ personId: uuid }),
      output: z.object({
        personId: uuid,
        displayName: z.string(),
        email: z.string().nullable(),
        roles: z.array(z.enum(['user', 'moderator', 'operator'])),
        birthYear: z.number().int().nullable(),
      }),
    }),
    grantRole: call('gateway.grant-role.v1', 'Gives an account a role, by mail address (system scope only).', {
      input: z.strictObject({ email: z.string(), role: z.enum(['moderator', 'operator']) }),
      output: z.object({ personId: uuid, roles: z.array(z.string()) }),
    }),
  },
  feeds: {
    sessionRevoked: feed('gateway.session-revoked.v1', 'A session or all sessions of a person have been ended.', {
      key: 'everyone',
      schema: z.object({ personId: uuid, sessionId: uuid.nullable() }),
    }),
    keyDestroyed: feed('gateway.key-destroyed.v1', 'The key of a person is gone: drop it from every cache.', {
      key: 'everyone',
      schema: z.object({ personId: uuid }),
    }),
    typing: feed('gateway.typing.v1', 'Somebody is typing in a conversation.', {
      key: 'conversation',
      schema: z.object({ userId: uuid, sessionId: uuid }),
    }),
  },
})
