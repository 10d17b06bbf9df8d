/** A text without stretches of it, given in UTF-16 units from and to. */
export function without(text: string, stretches: readonly (readonly [number, number])[]): string {
  if (stretches.length === 0) return text
  let rest = ''
  let at = 0
  for (const [from, to] of stretches.toSorted(([one], [other]) => one - other)) {
    if (to <= at) continue
    rest += text.slice(at, Math.max(at, from))
    at = to
  }
  return (rest + text.slice(at)).replace(/[ \t]{2,}/g, ' ').trim()
}
