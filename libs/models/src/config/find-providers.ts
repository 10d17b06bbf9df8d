import { type ConfigFault, configError } from './faults.ts'
import { firstChatModel, listModels } from './list-models.ts'
import { presets } from './presets.ts'
import type { ProviderConfig, ResolvedProvider } from './provider-config.ts'
import { readEnvironment } from './read-environment.ts'
import { readSettings } from './read-settings.ts'
import { resolveProvider } from './resolve.ts'

export interface FindOptions {
  fetch?: typeof fetch
  /** How long a server on this machine may take to say that it is there, in milliseconds. Default 300. */
  probeMs?: number
}

export interface FoundProviders {
  /** Empty: the built-in responder answers. */
  providers: ResolvedProvider[]
  /** Where they come from. */
  source: 'settings' | 'environment' | 'this machine' | 'built-in'
  /** One line for a person: which model answers and why. */
  summary: string
}

type Env = Record<string, string | undefined>

/**
 * Which models there are: LUNA_PROVIDERS, else keys in the environment, else Ollama or LM Studio on this machine, else
 * none. The caller gives the environment. Throws one LunaError `invalid` that lists every fault of the settings by name.
 */
export async function findProviders(env: Env, options: FindOptions = {}): Promise<FoundProviders> {
  const settings = env['LUNA_PROVIDERS']?.trim()
  const look = { fetch: options.fetch ?? fetch, timeoutMs: options.probeMs ?? 300 }
  const faults: ConfigFault[] = []
  let configs: ProviderConfig[] = []
  let source: FoundProviders['source'] = 'settings'
  if (settings) {
    const read = await readSettings(settings, env)
    configs = read.configs
    faults.push(...read.faults)
  } else {
    const read = readEnvironment(env)
    faults.push(...read.faults)
    source = 'environment'
    for (const key of read.found) {
      const { preset: _preset, model: named, ...rest } = key
      const model =
        named ?? firstChatModel((await listModels(key.baseURL, key.apiKey, { ...look, timeoutMs: 5_000 })) ?? [])
      if (model) configs.push({ ...withoutUndefined(rest), models: { chat: model } })
      else
        faults.push({
          name: 'LUNA_MODEL',
          message: `is missing, and ${key.name} at OPENAI_BASE_URL lists no model; name one`,
        })
    }
    if (configs.length === 0 && faults.length === 0) {
      source = 'this machine'
      configs = await findLocal(env, look)
    }
  }
  configs = withEmbeddings(configs, env, faults)
  if (faults.length > 0) throw configError(faults)
  const providers = configs.map(config => resolveProvider(config, env))
  if (providers.length === 0) source = 'built-in'
  return { providers, source, summary: summarise(providers, source) + missingModel(providers, env) }
}

/** Ollama and LM Studio, asked at the same time. LUNA_MODEL chooses the model if one of them has it. */
async function findLocal(env: Env, look: { fetch: typeof fetch; timeoutMs: number }): Promise<ProviderConfig[]> {
  const wanted = env['LUNA_MODEL']?.trim()
  const servers = Object.entries(presets).filter(([, preset]) => preset.isLocal)
  const found = await Promise.all(
    servers.map(async ([name, preset]): Promise<ProviderConfig[]> => {
      const names = (await listModels(preset.baseURL, undefined, look)) ?? []
      const model = wanted && names.includes(wanted) ? wanted : firstChatModel(names)
      return model ? [{ name, models: { chat: model } }] : []
    }),
  )
  return found.flat().toSorted((a, b) => Number(b.models.chat === wanted) - Number(a.models.chat === wanted))
}

/** LUNA_EMBEDDING_MODEL goes to the first provider that can embed, unless the settings name a model already. */
function withEmbeddings(configs: readonly ProviderConfig[], env: Env, faults: ConfigFault[]): ProviderConfig[] {
  const embedding = env['LUNA_EMBEDDING_MODEL']?.trim()
  if (!embedding || configs.some(config => config.models.embedding)) return [...configs]
  const able = configs.findIndex(config => presets[config.name]?.hasEmbeddings ?? true)
  if (able < 0 && faults.length === 0) {
    const names = configs.map(config => config.name).join(', ') || 'none'
    faults.push({
      name: 'LUNA_EMBEDDING_MODEL',
      message: `is set, but no provider can embed (found: ${names}); add one such as openai, gemini or ollama, or unset it`,
    })
  }
  return configs.map((config, i) => (i === able ? { ...config, models: { ...config.models, embedding } } : config))
}

function summarise(providers: readonly ResolvedProvider[], source: FoundProviders['source']): string {
  const [first, ...others] = providers
  if (!first) {
    return 'No language model found: the built-in responder answers. Set OPENAI_API_KEY, or start Ollama, for a real one.'
  }
  const spare = others.length > 0 ? `, then ${others.map(each => each.name).join(', ')}` : ''
  return `${first.models.chat} at ${first.name}${spare} (from ${source === 'this machine' ? 'this machine' : `the ${source}`})`
}

/** Says so when LUNA_MODEL names a model that nobody here has. */
function missingModel(providers: readonly ResolvedProvider[], env: Env): string {
  const wanted = env['LUNA_MODEL']?.trim()
  if (!wanted || env['LUNA_PROVIDERS']?.trim() || providers.some(each => each.models.chat === wanted)) return ''
  return ` LUNA_MODEL asks for ${wanted}, which was not found.`
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never
}
