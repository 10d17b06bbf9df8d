import { readFile } from 'node:fs/promises'
import type { ConfigFault } from './faults.ts'
import { presets } from './presets.ts'
import { type ProviderConfig, providerConfigs } from './provider-config.ts'

/** Reads the value of LUNA_PROVIDERS: JSON, or the path of a file with it. Every fault found is listed. */
export async function readSettings(
  value: string,
  env: Record<string, string | undefined>,
): Promise<{ configs: ProviderConfig[]; faults: ConfigFault[] }> {
  const isInline = /^\s*[[{]/.test(value)
  let source = value
  if (!isInline) {
    try {
      source = await readFile(value.trim(), 'utf8')
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
      return refused(`is neither JSON nor a file that can be read (${code}); give a JSON list or the path of one`)
    }
  }
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch (error) {
    return refused(`${isInline ? 'is' : 'names a file that is'} no valid JSON: ${jsonComplaint(error)}`)
  }
  const parsed = providerConfigs.safeParse(Array.isArray(json) ? json : [json])
  if (!parsed.success) {
    return {
      configs: [],
      faults: parsed.error.issues.map(issue => ({ name: pathName(issue.path), message: issue.message })),
    }
  }
  return { configs: parsed.data, faults: crossFaults(parsed.data, env) }
}

const refused = (message: string) => ({ configs: [], faults: [{ name: 'LUNA_PROVIDERS', message }] })

/** What the schema alone cannot see. */
function crossFaults(configs: readonly ProviderConfig[], env: Record<string, string | undefined>): ConfigFault[] {
  const faults: ConfigFault[] = []
  const seen = new Set<string>()
  configs.forEach((config, i) => {
    const at = `LUNA_PROVIDERS[${i}]`
    const preset = presets[config.name]
    if (seen.has(config.name))
      faults.push({ name: `${at}.name`, message: `"${config.name}" is used twice; names must differ` })
    seen.add(config.name)
    if (!config.baseURL && !preset) {
      faults.push({
        name: `${at}.baseURL`,
        message: `is missing, and "${config.name}" is none of the known names (${Object.keys(presets).join(', ')})`,
      })
    }
    if (preset?.keyName && !config.baseURL && !config.apiKey && !env[preset.keyName]) {
      faults.push({ name: `${at}.apiKey`, message: `is missing; set it here or as ${preset.keyName}` })
    }
  })
  return faults
}

function pathName(path: readonly PropertyKey[]): string {
  return `LUNA_PROVIDERS${path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')}`
}

/** Where JSON went wrong, without quoting the value: it may hold a key. */
function jsonComplaint(error: unknown): string {
  const position = /position \d+/.exec(String(error))?.[0]
  return position ? `it breaks off at ${position}` : 'it is cut short or not JSON'
}
