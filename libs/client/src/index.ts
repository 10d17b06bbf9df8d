export { reduceConversation } from './conversation/reduce.ts'
export {
  type ConversationState,
  type EndedTurn,
  emptyConversation,
  type LocalFrame,
  type RunningTurn,
  type ToolCall,
} from './conversation/state.ts'
export { ConversationStore } from './conversation/store.ts'
export { olderThan, pathTo, type VisibleItem, visibleItems } from './conversation/visible.ts'
export { memoVisible } from './conversation/visible-memo.ts'
export type { GetToken } from './http/credentials.ts'
export type { Fetch } from './http/request.ts'
export type { SignedIn, User } from './http/session.ts'
export type { Connection, ConnectionEvents, SendInput, Sending } from './live/connection.ts'
export type { Accepted } from './live/deliveries.ts'
export { isTurnEnd, parseFrame, type TurnEnd } from './live/frames.ts'
export type { LinkState } from './live/link.ts'
export type { Outbox, PendingSend } from './live/outbox.ts'
export { type SendStorage, webStorage } from './live/send-storage.ts'
export type { Timings } from './live/timings.ts'
export type { SocketConstructor, SocketLike } from './live/transport.ts'
export { createLuna, type Luna, type LunaOptions } from './luna.ts'
export type { ApiKey, Erasure } from './rest/accounts.ts'
export type { CharacterInput, CharacterPage, CharacterQuery, Imported, ShownPrompt } from './rest/characters.ts'
export type { ExportFormat, SearchHit, Shared, Submitted } from './rest/conversations.ts'
export type { Edited } from './rest/messages.ts'
export type { CareReport, ClaimedReview, DryRun, Standing } from './rest/moderation.ts'
export { everyItem, type Page, type PageQuery } from './rest/page.ts'
export type { InstallWish, PluginResult } from './rest/plugins.ts'
export { uuidv7 } from './uuid.ts'
