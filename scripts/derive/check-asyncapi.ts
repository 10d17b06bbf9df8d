import { Parser } from '@asyncapi/parser'

/** What the official parser finds wrong with a document: one line for each error, with its path. */
export async function asyncApiFaults(document: unknown): Promise<string[]> {
  const found = await new Parser().validate(JSON.stringify(document))
  return found
    .filter(({ severity }) => severity === 0)
    .map(({ message, path }) => `docs/asyncapi.json: ${path.join('.')}: ${message}`)
}
