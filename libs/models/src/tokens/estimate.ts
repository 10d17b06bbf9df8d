/**
 * Tokens of a text, without a tokenizer's tables: one pass over the characters, about 100 times as fast as counting.
 * Calibrated against o200k_base: for prose in 16 languages and for code never less than {@link proseFloor} times the true
 * count, and for any text at all, random characters included, never less than {@link anyFloor} times it (both are tested).
 * It leans to the high side: a prompt that is cut a little early does no harm, one that is too long is refused.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  let word = 0
  let digits = 0
  let marks = 0
  let lastMark = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) {
      // A capital inside a word begins another piece: camelCase.
      if (word > 0 && code <= 90 && text.charCodeAt(i - 1) >= 97) {
        tokens += wordTokens(word)
        word = 0
      }
      word++
      continue
    }
    tokens += wordTokens(word)
    word = 0
    if (code >= 48 && code <= 57) {
      digits++
      if (digits % 3 === 1) tokens++
      continue
    }
    digits = 0
    if (code < 128) {
      if (code === 32) {
        // One space belongs to the word behind it; more of them are tokens of up to 80.
        if (text.charCodeAt(i - 1) === 32) tokens += 1 / 80
        continue
      }
      // A run of one mark, such as "-----", is one token for up to 8 of them.
      marks = code === lastMark && text.charCodeAt(i - 1) === code ? marks + 1 : 0
      lastMark = code
      if (marks % 8 === 0) tokens += code < 32 && code !== 10 && code !== 9 && code !== 13 ? 2 : 0.85
      continue
    }
    tokens += weightOf(code)
  }
  return Math.ceil(tokens + wordTokens(word))
}

/** No estimate of prose or code is less than this share of the true count. */
export const proseFloor = 0.8

/** No estimate of any text is less than this share of the true count, less one token. */
export const anyFloor = 0.2

/** Common words are one token, long ones a piece for every 4.5 letters beyond the sixth; what is too long for a word, one for two. */
function wordTokens(letters: number): number {
  if (letters === 0) return 0
  if (letters <= 6) return 1
  return letters <= 24 ? 1 + (letters - 6) / 4.5 : 5 + (letters - 24) / 2
}

/** Tokens of one UTF-16 unit beyond ASCII, by script. */
function weightOf(code: number): number {
  if (code < 0x250) return 0.7
  if (code < 0x370) return 1
  if (code < 0x530) return 0.42
  if (code < 0x600) return 0.8
  if (code < 0x700) return 0.45
  if (code < 0x900) return 1.2
  if (code < 0x0e00) return 0.55
  if (code < 0x0e80) return 0.6
  if (code < 0x1e00) return 1.2
  if (code < 0x2000) return 0.8
  if (code < 0x2100) return 1
  if (code < 0x3040) return 1.3
  if (code < 0x3100) return 0.75
  if (code < 0xac00) return 0.95
  if (code < 0xd7b0) return 0.85
  // Half of a pair: emoji and rare letters take two to four tokens together.
  return 1.6
}
