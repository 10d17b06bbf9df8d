import { createHash } from 'node:crypto'

const uuidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i

/** The default number of tokens of an answer. */
export const numberedTokenCount = 40

/** The last UUID found in the text, else the text itself: what an answer's tokens derive from. */
export function answerKey(userText: string): string {
  const found = userText.match(new RegExp(uuidPattern, 'gi'))
  return found?.at(-1)?.toLowerCase() ?? userText
}

/** Tokens `<tag>.<k> `, k from 0, tag the first 8 hex digits of the key's SHA-1: a checker can prove them complete and in order. */
export function numberedTokens(key: string, count = numberedTokenCount): string[] {
  const tag = createHash('sha1').update(key).digest('hex').slice(0, 8)
  return Array.from({ length: count }, (_, k) => `${tag}.${k} `)
}

/** The whole text that the fake model answers by default to this user message. */
export function expectedAnswer(userText: string, count = numberedTokenCount): string {
  return numberedTokens(answerKey(userText), count).join('')
}
