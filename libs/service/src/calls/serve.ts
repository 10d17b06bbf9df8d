import { type CallDefinition, LunaError } from '@luna/contracts'
import type { z } from 'zod'
import type { Bus, CallReply, Subscription } from '../bus/index.ts'
import type { CallRequest } from '../define/service-definition.ts'
import type { Logger } from '../log/logger.ts'
import { decodeScope, scopeHeader } from '../scope.ts'
import { callDuration, callsServed } from '../telemetry/metrics.ts'
import { inSpan } from '../telemetry/propagation.ts'
import { requestIdHeader } from './caller.ts'

export interface ServeOptions {
  bus: Bus
  service: string
  definition: CallDefinition
  handler: (input: unknown, request: CallRequest) => Promise<unknown>
  log: Logger
}

/** Every fault of an input in one error, each with its path. */
export function invalidInput(error: z.ZodError, what: string): LunaError {
  const faults = error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message }))
  const list = faults.map(fault => (fault.path ? `${fault.path}: ${fault.message}` : fault.message)).join('; ')
  return new LunaError('invalid', `${what} is not valid: ${list}.`, { details: { faults } })
}

/** Binds one line of `serves` to the bus: strict input, typed errors, nothing internal in an answer. */
export function serveCall({ bus, service, definition, handler, log }: ServeOptions): Promise<Subscription> {
  return bus.serve(service, definition.name, async ({ data, headers }): Promise<CallReply> => {
    const started = performance.now()
    let code = 'ok'
    try {
      return await inSpan(`serve ${definition.name}`, { kind: 'server', parent: headers }, async () => {
        const scope = decodeScope(headers[scopeHeader])
        const input = definition.input.safeParse(JSON.parse(data))
        if (!input.success) throw invalidInput(input.error, `The input of ${definition.name}`)
        const output = await handler(input.data, { scope, requestId: headers[requestIdHeader] ?? '' })
        return { ok: true, data: JSON.stringify(output) }
      })
    } catch (error) {
      const known = LunaError.from(error)
      code = known.code
      if (code === 'internal') log.error({ err: error, call: definition.name }, 'a call failed')
      return { ok: false, error: JSON.stringify(known.toBody()) }
    } finally {
      callsServed.add(1, { call: definition.name, code })
      callDuration.record(performance.now() - started, { call: definition.name })
    }
  })
}
