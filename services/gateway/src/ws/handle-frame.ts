import { type ClientFrame, closeCodes, LunaError } from '@luna/contracts'
import { lookAt } from '../submit/look.ts'
import { approve } from './approve.ts'
import { auth } from './auth.ts'
import { cancel } from './cancel.ts'
import type { Connection } from './connection.ts'
import { hello } from './hello.ts'
import { readFrame } from './read-frame.ts'
import { regenerate } from './regenerate.ts'
import { send } from './send.ts'
import { subscribe, unsubscribe } from './subscribe.ts'
import { typing } from './typing.ts'

/** One frame of a client, from its text to its handler. Never throws: what goes wrong is answered. */
export function handleFrame(connection: Connection, text: string): void {
  const read = readFrame(text)
  const type = read.ok ? read.frame.type : read.type
  if (connection.phase === 'new' && type !== 'hello' && type !== null)
    return connection.fail(closeCodes.notSignedIn, new LunaError('unauthorized', 'The first frame must be `hello`.'))
  if (read.ok) return void run(connection, read.frame)
  if (read.fatal || type === 'hello') return connection.fail(closeCodes.badFrame, read.error)
  if (type === 'send') showCardOf(connection, text)
  connection.sendError(read.error, read.id)
}

async function run(connection: Connection, frame: ClientFrame): Promise<void> {
  try {
    await handle(connection, frame)
  } catch (error) {
    const known = LunaError.from(error)
    if (known.code === 'internal') connection.gate.ctx.log.error({ err: error, frame: frame.type }, 'a frame failed')
    connection.sendError(known, idOf(frame))
  }
}

function handle(connection: Connection, frame: ClientFrame): void | Promise<void> {
  switch (frame.type) {
    case 'hello':
      return hello(connection, frame)
    case 'auth':
      return auth(connection, frame)
    case 'subscribe':
      return subscribe(connection, frame)
    case 'unsubscribe':
      return unsubscribe(connection, frame)
    case 'send':
      return send(connection, frame)
    case 'regenerate':
      return regenerate(connection, frame)
    case 'cancel':
      return cancel(connection, frame)
    case 'approve':
      return approve(connection, frame)
    case 'typing':
      return typing(connection, frame)
    case 'ping':
      return connection.send({ type: 'pong' })
  }
}

/** What an error about a frame is known by at the client. */
function idOf(frame: ClientFrame): string | null {
  if ('id' in frame) return frame.id
  if ('conversationId' in frame) return frame.conversationId ?? null
  if ('turnId' in frame) return frame.turnId
  return 'callId' in frame ? frame.callId : null
}

/** Somebody in need is shown where to turn, also when the frame as such cannot be taken. */
function showCardOf(connection: Connection, text: string): void {
  const { text: written } = JSON.parse(text) as { text?: unknown }
  const card = typeof written === 'string' ? lookAt(written, connection.languages).card : null
  if (card) connection.send({ type: 'safety.card', ...card })
}
