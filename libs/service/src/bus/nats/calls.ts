import { LunaError } from '@luna/contracts'
import { errors, type Msg, RequestError } from '@nats-io/nats-core'
import { type Service, type ServiceMsg, Svcm } from '@nats-io/services'
import { answer, calledOff, fitting, nobodyServes, tooSlow } from '../call-failures.ts'
import { checkPayload } from '../check-message.ts'
import { InHand } from '../in-hand.ts'
import type { BusLog, CallHandler, CallOptions, CallReply, Subscription } from '../types.ts'
import type { Link } from './connection.ts'
import { tokenOf } from './subjects.ts'
import { fromWire, toWire } from './wire-headers.ts'

const errorCodeHeader = 'Nats-Service-Error-Code'

interface Endpoint {
  name: string
  receive: (message: ServiceMsg) => void
}

interface Registered {
  endpoints: Set<Endpoint>
  running: Service | null
}

/** Calls on the NATS services framework: one service in `nats micro ls` for each Luna service, one endpoint a call. */
export class NatsCalls {
  readonly #link: Link
  readonly #version: string
  readonly #log: BusLog
  readonly #services = new Map<string, Registered>()
  #changes: Promise<unknown> = Promise.resolve()

  constructor(link: Link, version: string, log: BusLog) {
    this.#link = link
    this.#version = version
    this.#log = log
  }

  async serve(service: string, name: string, handler: CallHandler): Promise<Subscription> {
    const inHand = new InHand()
    const endpoint: Endpoint = {
      name,
      receive: message =>
        inHand.run(async () => {
          const call = { data: message.string(), headers: fromWire(message.headers) }
          respond(message, fitting(name, await answer(name, handler, call, this.#log)))
        }),
    }
    const registered = this.#services.get(service) ?? { endpoints: new Set(), running: null }
    this.#services.set(service, registered)
    await this.#change(async () => {
      registered.endpoints.add(endpoint)
      registered.running ??= await this.#addService(service)
      addEndpoint(registered.running, endpoint)
      await this.#link.connection.flush()
    })
    return {
      stop: async () => {
        await this.#change(() => this.#remove(service, registered, endpoint))
        await inHand.idle()
      },
    }
  }

  async call(name: string, data: string, options: CallOptions): Promise<CallReply> {
    checkPayload(`The call ${name}`, data, options.headers)
    const { signal, deadlineMs } = options
    if (signal?.aborted) throw calledOff(name)
    const deadline = performance.now() + deadlineMs
    if (!this.#link.connected) await this.#link.whenConnected(deadlineMs)
    const left = deadline - performance.now()
    if (!this.#link.connected || left <= 0) throw unreachable(name)
    return await new Promise<CallReply>((resolve, reject) => {
      const abort = () => settle(() => reject(calledOff(name)))
      const forget = this.#link.onLost(() => settle(() => reject(unreachable(name))))
      const settle = (finish: () => void) => {
        signal?.removeEventListener('abort', abort)
        forget()
        finish()
      }
      signal?.addEventListener('abort', abort)
      this.#link.connection.request(name, data, { timeout: left, headers: toWire(options.headers) }).then(
        message => settle(() => resolve(replyOf(message))),
        (error: unknown) => settle(() => reject(failureOf(name, deadlineMs, error))),
      )
    })
  }

  /** The framework cannot take one endpoint away: the rest moves to a new service before the old one is drained. */
  async #remove(name: string, registered: Registered, endpoint: Endpoint): Promise<void> {
    if (!registered.endpoints.delete(endpoint)) return
    const old = registered.running
    registered.running = null
    if (registered.endpoints.size > 0 && !this.#link.connection.isClosed()) {
      registered.running = await this.#addService(name)
      for (const left of registered.endpoints) addEndpoint(registered.running, left)
      await this.#link.connection.flush()
    }
    await old?.stop()
  }

  #addService(name: string): Promise<Service> {
    return new Svcm(this.#link.connection).add({
      name,
      version: this.#version,
      description: `The calls of Luna's ${name}.`,
      queue: name,
    })
  }

  #change(step: () => Promise<void>): Promise<void> {
    const changed = this.#changes.then(step)
    this.#changes = changed.catch(() => undefined)
    return changed
  }
}

const addEndpoint = (service: Service, endpoint: Endpoint): void => {
  service.addEndpoint(tokenOf(endpoint.name), {
    subject: endpoint.name,
    handler: (error, message) => {
      if (!error) endpoint.receive(message)
    },
  })
}

/** An error travels in the body; its status and code also as the framework's headers, for tools. */
const respond = (message: ServiceMsg, reply: CallReply): void => {
  if (reply.ok) message.respond(reply.data)
  else {
    const error = LunaError.fromBody(JSON.parse(reply.error))
    message.respondError(error.status, error.code, reply.error)
  }
}

const replyOf = (message: Msg): CallReply =>
  message.headers?.has(errorCodeHeader) ? { ok: false, error: message.string() } : { ok: true, data: message.string() }

const unreachable = (name: string): LunaError =>
  new LunaError('unavailable', `The connection to the bus was lost before ${name} answered; it may have been done.`)

const failureOf = (name: string, deadlineMs: number, error: unknown): LunaError => {
  if (error instanceof RequestError && error.isNoResponders()) return nobodyServes(name)
  if (error instanceof errors.TimeoutError) return tooSlow(name, deadlineMs)
  if (error instanceof RequestError) return unreachable(name)
  return LunaError.from(error)
}
