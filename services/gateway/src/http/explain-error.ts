import { LunaError } from '@luna/contracts'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'

interface HttpError extends Error {
  code?: unknown
  statusCode?: unknown
  validationContext?: unknown
}

const places: Record<string, string> = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' }

/** What was thrown while a request was handled, as the error the client gets; what is not the client's doing is `internal`. */
export function explainError(error: unknown, bodyLimit: number): LunaError {
  if (error instanceof LunaError || !(error instanceof Error)) return LunaError.from(error)
  const { code, statusCode, validationContext }: HttpError = error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const place = places[String(validationContext)] ?? 'request'
    const faults = error.validation.map(({ instancePath, message }) => ({
      path: [place, ...instancePath.split('/').filter(Boolean)].join('.'),
      message: message ?? 'is not valid',
    }))
    const list = faults.map(fault => `${fault.path}: ${fault.message}`).join('; ')
    return new LunaError('invalid', `The ${place} is not valid: ${list}.`, { details: { faults } })
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new LunaError(
      'too-large',
      `The body is over the limit of ${bodyLimit} bytes. Send less, or upload it as a file.`,
      {
        details: { limit: bodyLimit },
      },
    )
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new LunaError(
      'invalid',
      'The body is of a type that is not understood here. Send `Content-Type: application/json`.',
    )
  if (
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    error instanceof SyntaxError
  )
    return new LunaError(
      'invalid',
      'The body is not valid JSON. Send one JSON value, without `__proto__` or `constructor` keys.',
    )
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return new LunaError('invalid', `The request could not be read: ${error.message}.`)
  return LunaError.from(error)
}
