import { LunaError } from '@luna/contracts'
import type { PendingSend } from './outbox.ts'

/** The contract's limits of a message (`limits.messageCodePoints`) and of a frame (`limits.frameBytes`). */
const codePoints = 32_000
const frameBytes = 256 * 1024

/** Refuses at once what the server would have to refuse, so that it never waits in a queue. */
export function checkSend(send: Pick<PendingSend, 'kind' | 'text'>): void {
  if (send.kind !== 'send') return
  if (send.text === '') throw new LunaError('invalid', 'The message is empty. Write something first.')
  const found = send.text.length <= codePoints ? send.text.length : [...send.text].length
  if (found > codePoints) {
    throw new LunaError(
      'too-large',
      `A message may have ${codePoints} characters, this one has ${found}. Send it in parts.`,
      { details: { limit: codePoints, found } },
    )
  }
  const bytes = new TextEncoder().encode(JSON.stringify(send.text)).length
  if (bytes > frameBytes - 4_096) {
    throw new LunaError('too-large', `A message may have ${frameBytes} bytes on the wire, this one has ${bytes}.`, {
      details: { limit: frameBytes, found: bytes },
    })
  }
}
