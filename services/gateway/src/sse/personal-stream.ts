import { type ErrorBody, LunaError } from '@luna/contracts'
import type { FastifyReply } from 'fastify'
import { type Principal, proofId } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { hubOf } from '../live/hub.ts'
import { SseStream } from './sse-stream.ts'

/** A stream that ends with what it stands on: the reader, the sign-in, this gateway. */
export interface PersonalStream {
  readonly stream: SseStream
  /** Does this at the end, whichever way it comes. */
  atEnd(work: () => void): void
  /** An error as an event, then the end. */
  fail(error: LunaError): void
}

export async function openPersonalStream(
  ctx: GatewayContext,
  principal: Principal,
  reply: FastifyReply,
): Promise<PersonalStream> {
  const hub = hubOf(ctx)
  const person = await hub.person(principal.personId)
  const works: (() => void)[] = [person.release]
  const stream = new SseStream(reply, () => {
    for (const work of works.splice(0)) work()
  })
  const fail = (error: LunaError) => {
    stream.event(errorEvent(error))
    stream.end()
  }
  const atEnd = (work: () => void) => {
    if (stream.closed) work()
    else works.push(work)
  }
  const signedOut = () => fail(new LunaError('unauthorized', 'This sign-in has ended. Sign in again and resume.'))
  atEnd(person.value.attend({ proofId: proofId(principal), changed: () => {}, revoked: signedOut }))
  if (principal.expiresAt) {
    const timer = setTimeout(signedOut, principal.expiresAt.getTime() - ctx.clock.now().getTime())
    atEnd(() => clearTimeout(timer))
  }
  const leave = () => stream.end()
  hub.draining.addEventListener('abort', leave)
  atEnd(() => hub.draining.removeEventListener('abort', leave))
  return { stream, atEnd, fail }
}

export const errorEvent = (error: LunaError): string => {
  const body: ErrorBody = error.toBody()
  return JSON.stringify({ type: 'error', error: body })
}
