import { compileSchema } from './compile-schema.ts'

const deepest = 24
const mostNodes = 4_000

/** A group that repeats around what repeats, or a reference back: what makes a match take for ever. */
const costly = /\([^()]*[*+{][^()]*\)\s*[*+{]|\\[1-9]|\(\?[<!=]/

/** What is wrong with a JSON Schema from outside; none: it can be compiled, and checking against it is cheap. */
export async function schemaFaults(schema: Record<string, unknown>): Promise<string[]> {
  const faults: string[] = []
  let nodes = 0
  const visit = (value: unknown, depth: number): void => {
    nodes += 1
    if (depth > deepest || nodes > mostNodes || typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      if (name === '$ref' && typeof member === 'string' && !member.startsWith('#'))
        faults.push(`refers to "${member.slice(0, 80)}": only references within the schema are followed`)
      if (name === 'pattern' && typeof member === 'string' && (member.length > 300 || costly.test(member)))
        faults.push(
          'has a pattern that may take for ever: no repeated groups that repeat within, no look-around, no back-references',
        )
      if (
        name === 'patternProperties' &&
        member &&
        Object.keys(member).some(key => key.length > 300 || costly.test(key))
      )
        faults.push('has a pattern in patternProperties that may take for ever')
      visit(member, depth + 1)
    }
  }
  visit(schema, 0)
  if (nodes > mostNodes) faults.push(`has more than ${mostNodes} values`)
  if (faults.length > 0) return faults
  try {
    await compileSchema(schema)
    return []
  } catch (error) {
    return [`is not a JSON Schema that can be used: ${(error as Error).message.slice(0, 300)}`]
  }
}
