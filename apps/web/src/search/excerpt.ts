export interface Piece {
  key: number
  text: string
  hit: boolean
}

const around = 70

/** The stretch of a text around the first found word, cut into what was found and what lies between. */
export function excerpt(text: string, query: string): Piece[] {
  const words = query.split(/\s+/).filter(word => word !== '')
  const flat = text.replace(/\s+/g, ' ')
  const pattern = new RegExp(words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') || '(?!)', 'giu')
  const first = flat.search(pattern)
  const from = Math.max(0, first - around)
  const shown = flat.slice(from, Math.max(from, first) + 2 * around)
  const pieces: Piece[] = []
  const add = (piece: string, hit: boolean): void => {
    if (piece !== '') pieces.push({ key: pieces.length, text: piece, hit })
  }
  let at = 0
  add(from > 0 ? '…' : '', false)
  for (const found of shown.matchAll(pattern)) {
    add(shown.slice(at, found.index), false)
    add(found[0], true)
    at = found.index + found[0].length
  }
  add(shown.slice(at), false)
  add(from + shown.length < flat.length ? '…' : '', false)
  return pieces
}
