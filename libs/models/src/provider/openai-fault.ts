import { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import { broken, cancelled, ProviderFault } from './fault.ts'
import { statusFault } from './status-fault.ts'
import { connectionReason } from './stream-fault.ts'

/** What the openai client throws, as a fault. */
export function openaiFault(error: unknown, model: string, now: Date): ProviderFault {
  if (error instanceof ProviderFault) return error
  if (error instanceof APIUserAbortError) return cancelled()
  if (error instanceof APIConnectionError) return broken(connectionReason(rootCause(error)), error)
  if (error instanceof APIError && typeof error.status === 'number') {
    const headers = error.headers as Headers | undefined
    return statusFault({
      status: error.status,
      header: name => headers?.get(name) ?? undefined,
      body: { error: error.error ?? { code: error.code, type: error.type } },
      model,
      now,
    })
  }
  return broken('its answer could not be read', error)
}

function rootCause(error: unknown): unknown {
  let cause = error
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause
  return cause
}
