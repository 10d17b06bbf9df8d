import { LunaError } from '@luna/contracts'
import { checkPayload } from './check-message.ts'
import { reasonOf } from './reason.ts'
import type { BusLog, CallHandler, CallMessage, CallReply } from './types.ts'

export const nobodyServes = (name: string): LunaError =>
  new LunaError('unavailable', `Nobody serves ${name} right now. Check that its service is up; trying again may help.`)

export const tooSlow = (name: string, deadlineMs: number): LunaError =>
  new LunaError('timeout', `${name} did not answer within ${deadlineMs} ms.`)

export const calledOff = (name: string): LunaError => new LunaError('cancelled', `The call of ${name} was called off.`)

/** Runs a call's handler; what it throws becomes the body of an error, with nothing internal in it. */
export const answer = async (
  name: string,
  handler: CallHandler,
  call: CallMessage,
  log: BusLog,
): Promise<CallReply> => {
  try {
    return await handler(call)
  } catch (error) {
    if (!(error instanceof LunaError)) log.error({ call: name, reason: reasonOf(error) }, 'bus: a call failed')
    return { ok: false, error: JSON.stringify(LunaError.from(error).toBody()) }
  }
}

/** The reply, or the body of `too-large` when it is over the limit of a bus message. */
export const fitting = (name: string, reply: CallReply): CallReply => {
  try {
    checkPayload(`The reply of ${name}`, reply.ok ? reply.data : reply.error, {})
    return reply
  } catch (error) {
    return { ok: false, error: JSON.stringify(LunaError.from(error).toBody()) }
  }
}
