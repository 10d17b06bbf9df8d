import type { Position, RiskLevel } from '@luna/contracts'

/** A turn in the hands of this process: every commit for it must carry its fence. */
export interface ClaimedTurn {
  id: string
  conversationId: string
  personId: string
  kind: 'send' | 'regenerate' | 'begin'
  attempt: number
  fence: number
  parentId: string | null
  userMessageId: string | null
  characterId: string | null
  instruction: Buffer | null
  private: boolean
  risk: RiskLevel
  cancelRequested: boolean
  revision: number
  /** Where the conversation's frames stand. */
  position: Position
  /** True when another process held it and was lost: the epoch has risen. */
  takenOver: boolean
  createdAt: Date
}
