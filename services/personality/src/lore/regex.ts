/** Tests a text in time linear in its length, whatever the pattern: RE2's promise. */
export type LinearTest = (text: string) => boolean

export type CompileRegex = (pattern: string, flags: string) => LinearTest | null

const slashed = /^\/(.+)\/([gimsuy]*)$/s

/** The parts of a key written as `/pattern/flags`; null for a plain key. */
export function regexOf(key: string): { pattern: string; flags: string } | null {
  const found = slashed.exec(key)
  return found?.[1] === undefined ? null : { pattern: found[1], flags: found[2] ?? '' }
}

let compiler: Promise<CompileRegex> | undefined

/** RE2 is loaded when the first key needs it. */
export const loadRegex = (): Promise<CompileRegex> => {
  compiler ??= import('re2js').then(({ RE2JS }) => (pattern: string, flags: string) => {
    try {
      const wanted =
        (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
        (flags.includes('m') ? RE2JS.MULTILINE : 0) |
        (flags.includes('s') ? RE2JS.DOTALL : 0)
      const compiled = RE2JS.compile(pattern, wanted)
      return (text: string) => compiled.matcher(text).find()
    } catch {
      // Look-around and back references have no linear-time form: such a key never fires, and the entry says why.
      return null
    }
  })
  return compiler
}
