import { answer, calledOff, fitting, nobodyServes, tooSlow } from '../call-failures.ts'
import { checkPayload } from '../check-message.ts'
import { InHand } from '../in-hand.ts'
import type { BusLog, CallHandler, CallOptions, CallReply, Subscription } from '../types.ts'

interface Server {
  handler: CallHandler
  inHand: InHand
}

/** Calls within the process: handlers by name, taken in turn. */
export class EmbeddedCalls {
  readonly #servers = new Map<string, Server[]>()
  readonly #log: BusLog

  constructor(log: BusLog) {
    this.#log = log
  }

  serve(name: string, handler: CallHandler): Subscription {
    const server: Server = { handler, inHand: new InHand() }
    this.#servers.set(name, [...(this.#servers.get(name) ?? []), server])
    return {
      stop: async () => {
        const left = (this.#servers.get(name) ?? []).filter(other => other !== server)
        if (left.length > 0) this.#servers.set(name, left)
        else this.#servers.delete(name)
        await server.inHand.idle()
      },
    }
  }

  async call(name: string, data: string, options: CallOptions): Promise<CallReply> {
    checkPayload(`The call ${name}`, data, options.headers)
    if (options.signal?.aborted) throw calledOff(name)
    const servers = this.#servers.get(name)
    const server = servers?.shift()
    if (!servers || !server) throw nobodyServes(name)
    servers.push(server)
    return await new Promise<CallReply>((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(tooSlow(name, options.deadlineMs))), options.deadlineMs)
      const abort = () => end(() => reject(calledOff(name)))
      const end = (finish: () => void) => {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', abort)
        finish()
      }
      options.signal?.addEventListener('abort', abort)
      server.inHand.run(async () => {
        const reply = await answer(name, server.handler, { data, headers: options.headers }, this.#log)
        end(() => resolve(fitting(name, reply)))
      })
    })
  }
}
