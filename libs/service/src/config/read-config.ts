import { LunaError } from '@luna/contracts'
import type { z } from 'zod'

export type Environment = Readonly<Record<string, string | undefined>>

const secret = /KEY|SECRET|PASSWORD|TOKEN|URL|PROVIDERS/

/** One fault of the environment: which name, what was found, what is wanted. */
export interface ConfigFault {
  name: string
  message: string
}

const found = (name: string, value: string | undefined): string =>
  value === undefined
    ? 'it is not set'
    : secret.test(name)
      ? `found a value of ${value.length} characters`
      : `found ${JSON.stringify(value)}`

function faultsOf(error: z.ZodError, env: Environment): ConfigFault[] {
  return error.issues.map(issue => {
    const name = String(issue.path[0] ?? 'environment')
    return { name, message: `${name}: ${issue.message} (${found(name, env[name])}).` }
  })
}

/**
 * Reads the parts of several schemas from one environment. An empty value counts as not set.
 * @throws LunaError `invalid` with all faults of all parts at once, each by its name.
 */
export function readConfig<const Schemas extends Record<string, z.ZodType>>(
  schemas: Schemas,
  env: Environment,
): { [K in keyof Schemas]: z.output<Schemas[K]> } {
  const values = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const faults: ConfigFault[] = []
  const parsed: Record<string, unknown> = {}
  for (const [part, schema] of Object.entries(schemas)) {
    const result = schema.safeParse(values)
    if (result.success) parsed[part] = result.data
    else faults.push(...faultsOf(result.error, values))
  }
  if (faults.length === 0) return parsed as { [K in keyof Schemas]: z.output<Schemas[K]> }
  const lines = [...new Set(faults.map(fault => fault.message))]
  throw new LunaError(
    'invalid',
    `The settings are not valid; nothing was started.\n${lines.map(line => `  - ${line}`).join('\n')}\nCorrect them in the environment or in .env, then start again.`,
    { details: { faults } },
  )
}
