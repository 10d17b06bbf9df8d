import { estimateTokens } from './estimate.ts'

/** Longer texts are estimated: the tokenizer takes 0.5 ms per 1,000 characters. */
export const exactCharacters = 32_768

/** The tokenizer takes quadratic time for long runs without a break, so it gets at most this many characters at once. */
const sliceCharacters = 1_024

/**
 * Tokens of a text by o200k_base (the tokenizer of OpenAI's models since GPT-4o; others differ by some per cent), for texts
 * of up to {@link exactCharacters}; beyond, {@link estimateTokens}. The tables, about 65 MB and 0.3 s, are loaded by the
 * first call. Cutting long texts adds at most one token for each 1,024 characters.
 */
export async function countTokens(text: string): Promise<number> {
  if (text.length > exactCharacters) return estimateTokens(text)
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base')
  let tokens = 0
  for (let at = 0; at < text.length; ) {
    const end = sliceEnd(text, at)
    // Words such as <|endoftext|> in a person's text are text.
    tokens += count(text.slice(at, end), { disallowedSpecial: new Set() })
    at = end
  }
  return tokens
}

/** Cuts before a space where there is one, and never inside a surrogate pair. */
function sliceEnd(text: string, at: number): number {
  const limit = at + sliceCharacters
  if (limit >= text.length) return text.length
  const space = text.lastIndexOf(' ', limit)
  if (space > at + sliceCharacters / 2) return space
  const last = text.charCodeAt(limit - 1)
  return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit
}
