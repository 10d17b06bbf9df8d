/**
 * Where a watcher stands in the frames of a conversation. `epoch` rises only when a holder is lost, `n` by one with each
 * frame. On the wire: `<epoch>.<n>.<tag>`, the tag binding it to its conversation. Opaque to clients.
 */
export interface Position {
  epoch: number
  n: number
}

const tagOf = new Map<string, string>()

/** FNV-1a over the id in base 36: a binding that shows a mix-up, not a secret (access is checked by ownership). */
export function cursorTag(conversationId: string): string {
  let tag = tagOf.get(conversationId)
  if (tag === undefined) {
    let high = 0x811c9dc5
    let low = 0x01000193
    for (let index = 0; index < conversationId.length; index += 1) {
      const code = conversationId.charCodeAt(index)
      high = Math.imul(high ^ code, 0x01000193) >>> 0
      low = Math.imul(low ^ (code + index), 0x85ebca6b) >>> 0
    }
    tag = (high.toString(36) + low.toString(36)).slice(0, 12)
    if (tagOf.size > 10_000) tagOf.clear()
    tagOf.set(conversationId, tag)
  }
  return tag
}

export const makeCursor = (conversationId: string, { epoch, n }: Position): string =>
  `${epoch}.${n}.${cursorTag(conversationId)}`

/** The position in a cursor; null when it is not one, or another conversation's. */
export function parseCursor(conversationId: string, cursor: string): Position | null {
  const match = /^(\d{1,12})\.(\d{1,15})\.([0-9a-z]{1,12})$/.exec(cursor)
  if (!match || match[3] !== cursorTag(conversationId)) return null
  return { epoch: Number(match[1]), n: Number(match[2]) }
}
