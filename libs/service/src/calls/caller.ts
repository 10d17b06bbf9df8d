import { type CallDefinition, type CallInput, type CallOutput, type ErrorBody, LunaError } from '@luna/contracts'
import type { Bus } from '../bus/index.ts'
import type { CallSettings } from '../define/base-context.ts'
import { encodeScope, scopeHeader } from '../scope.ts'
import { inSpan, withTrace } from '../telemetry/propagation.ts'

export const requestIdHeader = 'request-id'

export type Call = <D extends CallDefinition>(
  definition: D,
  input: CallInput<D>,
  settings: CallSettings,
) => Promise<CallOutput<D>>

/** Calls by definition: the name, the deadline and the shape of the answer come from the contract. */
export const createCaller = (bus: Bus): Call =>
  async function call(definition, input, settings) {
    return await inSpan(`call ${definition.name}`, { kind: 'client' }, async () => {
      const headers: Record<string, string> = { [scopeHeader]: encodeScope(settings.scope) }
      if (settings.requestId) headers[requestIdHeader] = settings.requestId
      const reply = await bus.call(definition.name, JSON.stringify(input), {
        deadlineMs: Math.min(settings.deadlineMs ?? definition.deadlineMs, definition.deadlineMs),
        headers: withTrace(headers),
        ...(settings.signal ? { signal: settings.signal } : {}),
      })
      if (!reply.ok) throw LunaError.fromBody(JSON.parse(reply.error) as ErrorBody)
      return definition.output.parse(JSON.parse(reply.data)) as never
    })
  }
