import { type ClientFrame, clientFrame, clientFrames, LunaError, limits } from '@luna/contracts'
import { invalidInput } from '@luna/service'
import { isDeeper } from './depth.ts'

/** Objects and lists in a client's frame, one in another. */
const mostNested = 4

export type ReadFrame =
  | { ok: true; frame: ClientFrame }
  /** `fatal`: no frame of this protocol at all, after which nothing on the socket can be trusted. */
  | { ok: false; fatal: boolean; error: LunaError; id: string | null; type: string | null }

/** A client's frame from its text. */
export function readFrame(text: string): ReadFrame {
  const value = parse(text)
  if (value instanceof LunaError) return { ok: false, fatal: true, error: value, id: null, type: null }
  const type = String(value['type'])
  if (!Object.hasOwn(clientFrames, type)) {
    const error = bad(`There is no frame of this type. Known are ${Object.keys(clientFrames).join(', ')}.`)
    return { ok: false, fatal: true, error, id: null, type: null }
  }
  const read = clientFrame.safeParse(value)
  if (read.success) return { ok: true, frame: read.data }
  return { ok: false, fatal: false, error: invalidFrame(value, read.error), id: idOf(value), type }
}

function parse(text: string): Record<string, unknown> | LunaError {
  if (isDeeper(text, mostNested)) return bad(`The frame nests deeper than ${mostNested} levels.`)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {}
  return bad('The frame is not a JSON object.')
}

function invalidFrame(value: Record<string, unknown>, fault: Parameters<typeof invalidInput>[0]): LunaError {
  const { text } = value
  const found = typeof text === 'string' && text.length > limits.messageCodePoints ? [...text].length : 0
  if (found <= limits.messageCodePoints) return invalidInput(fault, `The frame \`${String(value['type'])}\``)
  return new LunaError(
    'too-large',
    `The message has ${found} characters; at most ${limits.messageCodePoints} are taken. Send it in parts.`,
    { details: { limit: limits.messageCodePoints, found } },
  )
}

/** What an answer to the frame is known by: the id of a send, or of what the frame speaks of. */
function idOf(value: Record<string, unknown>): string | null {
  const id = value['id'] ?? value['conversationId'] ?? value['turnId'] ?? value['callId']
  return typeof id === 'string' && id.length <= 200 ? id : null
}

const bad = (message: string): LunaError => new LunaError('invalid', message)
