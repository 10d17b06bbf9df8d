export interface Word {
  text: string
  /** Quoted, so that a leading dash is text. */
  quoted: boolean
  /** Where it begins in the line. */
  at: number
}

/**
 * The words of a line: blanks part them, quotes (" ' and the typographic ones) keep them together, a backslash takes the
 * next character as it is. An open quote closes at the end of the line.
 */
export function splitLine(line: string): Word[] {
  const words: Word[] = []
  let word: Word | null = null
  let closing: string | null = null
  const begin = (at: number) => (word ??= { text: '', quoted: false, at })
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? ''
    if (sign === '\\' && at + 1 < line.length) {
      begin(at).text += line[at + 1]
      at += 1
    } else if (closing !== null) {
      if (sign === closing) closing = null
      else begin(at).text += sign
    } else if (word === null && pairs[sign] !== undefined) {
      begin(at).quoted = true
      closing = pairs[sign] ?? null
    } else if (sign === '"' || (word as Word | null)?.text.endsWith('=')) {
      if (pairs[sign] === undefined) begin(at).text += sign
      else {
        begin(at)
        closing = pairs[sign] ?? null
      }
    } else if (/\s/.test(sign)) {
      if (word) words.push(word)
      word = null
    } else begin(at).text += sign
  }
  if (word) words.push(word)
  return words
}

const pairs: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '„': '“', '«': '»' }
