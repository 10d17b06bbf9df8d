import { estimateTokens } from '@luna/models'

/** Of what is kept of a long text, the part that is its beginning. */
const headShare = 0.7

/**
 * The beginning and the end of a text that is too long for its room, with a line in between that says how much is
 * missing; never cut inside of a code point. Room in estimated tokens.
 */
export function shorten(text: string, room: number): string {
  if (estimateTokens(text) <= room) return text
  const points = Array.from(text)
  const fit = (count: number): string => {
    const head = Math.ceil(count * headShare)
    const left = points.length - count
    const tail = count > head ? points.slice(head - count).join('') : ''
    return `${points.slice(0, head).join('')}\n[… ${left} characters left out …]\n${tail}`
  }
  let [least, most] = [0, points.length]
  while (least < most) {
    const half = Math.ceil((least + most) / 2)
    if (estimateTokens(fit(half)) <= room) least = half
    else most = half - 1
  }
  return fit(least)
}
