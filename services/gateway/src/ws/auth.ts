import { type ClientFrame, LunaError } from '@luna/contracts'
import { closeCodeOf } from './close-codes.ts'
import type { Connection } from './connection.ts'
import { sayReady } from './hello.ts'

/** Renews the sign-in of a socket before it expires; answered by another `ready`. */
export async function auth(connection: Connection, frame: Extract<ClientFrame, { type: 'auth' }>): Promise<void> {
  const before = connection.principal
  try {
    const principal = await connection.gate.ctx.auth.fromToken(frame.token)
    if (principal.personId !== before.personId)
      throw new LunaError('unauthorized', 'The token is somebody else’s. Open a socket of your own for it.')
    if (!connection.open) return
    connection.renew(principal)
    sayReady(connection)
  } catch (error) {
    const known = LunaError.from(error)
    if (known.code !== 'unauthorized') throw error
    connection.fail(closeCodeOf(known), known)
  }
}
