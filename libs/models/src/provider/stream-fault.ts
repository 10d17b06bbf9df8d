import { errors } from 'undici'
import { ErrorInStream } from '../stream/completion-parser.ts'
import { MalformedStream } from '../stream/sse-reader.ts'
import { broken, ProviderFault } from './fault.ts'

/** Whatever went wrong while an answer was read, as a fault. */
export function streamFault(error: unknown): ProviderFault {
  if (error instanceof ProviderFault) return error
  if (error instanceof MalformedStream) return broken(error.message, error)
  if (error instanceof ErrorInStream) {
    const code = error.code !== undefined && /^[\w.-]{1,64}$/.test(error.code) ? ` (${error.code})` : ''
    return broken(error.message + code)
  }
  if (error instanceof TypeError && !('code' in error)) return broken('it sent an event of an unknown shape', error)
  return broken(connectionReason(error), error)
}

/** Says how a connection failed, by the error codes of Node and undici. */
export function connectionReason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return 'nothing listens at its address'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the name in its address is not known'
  if (error instanceof errors.ConnectTimeoutError) return 'its address does not answer'
  if (code === 'ECONNRESET' || error instanceof errors.SocketError)
    return 'it closed the connection before the answer was whole'
  return `the connection failed${/^[A-Z_]{3,40}$/.test(code) ? ` (${code})` : ''}`
}
