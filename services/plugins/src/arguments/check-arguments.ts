import { LunaError } from '@luna/contracts'
import { compileSchema } from './compile-schema.ts'

/** Bytes of the arguments of one call at most. */
const maxBytes = 64 * 1024

/** Keys that reach the prototype of what they are put into. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * The arguments of a call as its schema wants them, defaults filled in.
 * @throws LunaError `invalid` that a model can mend its call by, `too-large`
 */
export async function checkArguments(text: string, schema: Record<string, unknown>): Promise<Record<string, unknown>> {
  if (Buffer.byteLength(text) > maxBytes)
    throw new LunaError('too-large', `The arguments have more than ${maxBytes} bytes.`, {
      details: { limit: maxBytes },
    })
  let value: unknown
  try {
    value = JSON.parse(text.trim() === '' ? '{}' : text, (key, member: unknown) => {
      if (forbidden.has(key)) throw new LunaError('invalid', `The arguments may not have a member "${key}".`)
      return member
    })
  } catch (error) {
    if (error instanceof LunaError) throw error
    throw new LunaError('invalid', 'The arguments are not JSON. Send one JSON object.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LunaError('invalid', 'The arguments must be one JSON object.')
  const check = await compileSchema(schema)
  if (!check(value)) {
    const faults = (check.errors ?? []).map(({ instancePath, message, params }) => {
      const where = instancePath === '' ? 'the arguments' : instancePath.slice(1).replaceAll('/', '.')
      const extra = 'additionalProperty' in params ? ` ("${String(params['additionalProperty']).slice(0, 60)}")` : ''
      const allowed = 'allowedValues' in params ? `: ${JSON.stringify(params['allowedValues']).slice(0, 300)}` : ''
      return `${where} ${message ?? 'does not fit'}${extra}${allowed}`
    })
    throw new LunaError('invalid', `The arguments do not fit: ${faults.join('; ')}.`, { details: { faults } })
  }
  return value as Record<string, unknown>
}
