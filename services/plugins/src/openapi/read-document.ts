import { LunaError } from '@luna/contracts'

/**
 * An OpenAPI 3 document with its references resolved. References to files and addresses are not followed: whoever writes
 * the document would otherwise make Luna read them.
 * @throws LunaError `invalid`
 */
export async function readDocument(document: string | Record<string, unknown>): Promise<Record<string, unknown>> {
  const value = typeof document === 'string' ? await parseText(document) : document
  if (!String(value['openapi']).startsWith('3.'))
    throw new LunaError(
      'invalid',
      `This is not an OpenAPI 3 document: "openapi" is ${JSON.stringify(value['openapi'] ?? null)}.`,
    )
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser')
  try {
    const read = await SwaggerParser.validate(structuredClone(value) as never, {
      resolve: { external: false, file: false, http: false },
      dereference: { circular: 'ignore' },
    })
    return read as unknown as Record<string, unknown>
  } catch (error) {
    throw new LunaError('invalid', `The OpenAPI document is not valid: ${(error as Error).message.slice(0, 2_000)}`)
  }
}

async function parseText(text: string): Promise<Record<string, unknown>> {
  try {
    const { parse } = await import('yaml')
    const value: unknown = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: 50 })
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (error) {
    throw new LunaError('invalid', `The document is neither JSON nor YAML: ${(error as Error).message.slice(0, 300)}`)
  }
  throw new LunaError('invalid', 'The document is not a JSON or YAML object.')
}
