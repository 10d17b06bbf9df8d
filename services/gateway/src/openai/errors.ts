import { type ErrorCode, LunaError } from '@luna/contracts'

/** The error body of the OpenAI API. */
export interface OpenAIError {
  error: { message: string; type: string; param: string | null; code: string | null }
}

const types: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'authentication_error',
  forbidden: 'permission_error',
  'rate-limited': 'rate_limit_error',
}

const codes: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'invalid_api_key',
  'rate-limited': 'rate_limit_exceeded',
  'moderation-blocked': 'content_filter',
  'too-large': 'context_length_exceeded',
}

/** `details.param` and `details.openaiCode` of the error are taken over. */
export function toOpenAIError(error: LunaError): OpenAIError {
  const { param, openaiCode } = error.details ?? {}
  return {
    error: {
      message: error.message,
      type: types[error.code] ?? (error.status < 500 ? 'invalid_request_error' : 'server_error'),
      param: typeof param === 'string' ? param : null,
      code: typeof openaiCode === 'string' ? openaiCode : (codes[error.code] ?? error.code),
    },
  }
}

/** A parameter that is understood, but not taken. */
export const badParameter = (param: string, message: string): LunaError =>
  new LunaError('invalid', message, { details: { param, openaiCode: 'invalid_value' } })
