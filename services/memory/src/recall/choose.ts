import type { Document } from '../rank/document.ts'
import type { PersonIndex } from '../rank/index-of-person.ts'

/** What may be recalled at all. */
export interface Wish {
  /** Null: what was said to every character. */
  readonly characterId: string | null
  /** Whether memories of other characters stay with these. */
  readonly ownOnly: boolean
  /** A conversation that could not be brought up to date. */
  readonly leaveOut: string | null
  /** Conversations that are known to have changed, and were not read again yet. */
  readonly stale: ReadonlySet<string>
  readonly except: ReadonlySet<string>
  /** When it must have held. */
  readonly at: Date
  /** True when a time in the past was asked about: what was superseded since counts. */
  readonly past: boolean
}

const mostPinned = 10

export function choose(index: PersonIndex, wish: Wish): { hides: (document: Document) => boolean; pinned: string[] } {
  const at = wish.at.getTime()
  const hides = (document: Document): boolean =>
    !isOf(document, wish) ||
    wish.except.has(document.id) ||
    document.session === wish.leaveOut ||
    wish.stale.has(document.session) ||
    (wish.past && document.at > at) ||
    (document.until !== undefined && document.until !== null && document.until <= at)
  const pinned: string[] = []
  for (const id of index.pinned) {
    const document = index.documents[index.placeOf(id) ?? -1]
    if (document && !hides(document) && pinned.length < mostPinned) pinned.push(id)
  }
  return { hides, pinned }
}

/** Turns stay with the character they were spoken to. Memories are shared, unless the person wants each to have its own. */
function isOf(document: Document, { characterId, ownOnly }: Wish): boolean {
  if (characterId === null || document.characterId === null || document.characterId === characterId) return true
  return document.kind === 'memory' && !ownOnly
}
