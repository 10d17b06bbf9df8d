import { LunaError, limits } from '@luna/contracts'

/** @throws LunaError `invalid` for an empty text, `too-large` for one over the limit */
export function checkText(text: string): void {
  if (text.length === 0) throw new LunaError('invalid', 'The message is empty. Write something.')
  if (text.length <= limits.messageCodePoints) return
  const found = [...text].length
  if (found > limits.messageCodePoints)
    throw new LunaError(
      'too-large',
      `The message has ${found} characters; at most ${limits.messageCodePoints} are taken. Send it in parts.`,
      { details: { limit: limits.messageCodePoints, found } },
    )
}
