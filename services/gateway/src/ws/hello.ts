import type { ClientFrame } from '@luna/contracts'
import { LunaError, protocolVersion } from '@luna/contracts'
import { type Principal, proofId } from '../auth/principal.ts'
import { requireRoom } from '../limits/require.ts'
import { closeCodeOf } from './close-codes.ts'
import type { Connection } from './connection.ts'

type Hello = Extract<ClientFrame, { type: 'hello' }>

/** Signs the socket in: by the token of the frame, else by what came with the upgrade. */
export async function hello(connection: Connection, frame: Hello): Promise<void> {
  if (connection.phase !== 'new')
    throw new LunaError('invalid', 'This socket has said `hello` already. Renew a sign-in with `auth`.')
  connection.phase = 'signing-in'
  try {
    await signIn(connection, frame)
  } catch (error) {
    const known = LunaError.from(error)
    if (known.code === 'internal') connection.gate.ctx.log.error({ err: error }, 'a sign-in over the socket failed')
    connection.fail(closeCodeOf(known), known)
  }
}

async function signIn(connection: Connection, frame: Hello): Promise<void> {
  const { ctx, hub } = connection.gate
  const { credentials } = connection
  const authenticate = (): Promise<Principal> =>
    frame.token === undefined
      ? ctx.auth.fromRequest(credentials ?? { headers: {} }, { upgrade: true })
      : ctx.auth.fromToken(frame.token)
  const { personId } = await authenticate()
  await requireRoom(ctx.limits, 'sockets', personId)
  const person = await hub.person(personId)
  // Asked again now that a revocation would be heard: one in between would have gone unnoticed.
  const principal = await authenticate().catch(error => {
    person.release()
    throw error
  })
  if (connection.phase !== 'signing-in') return person.release()
  connection.signIn(principal, person)
  sayReady(connection)
  connection.begin()
}

const yearMs = 365 * 86_400_000

/** Also the answer to `auth`: it names the new end of the sign-in. */
export function sayReady(connection: Connection): void {
  const { principal, gate } = connection
  const { personId, displayName, email } = principal
  const expiresAt = principal.expiresAt ?? new Date(gate.ctx.clock.now().getTime() + yearMs)
  connection.send({
    type: 'ready',
    protocol: protocolVersion,
    sessionId: proofId(principal),
    user: { id: personId, displayName, email },
    expiresAt: expiresAt.toISOString(),
  })
}
