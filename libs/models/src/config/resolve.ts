import { presets } from './presets.ts'
import type { ProviderConfig, ResolvedProvider } from './provider-config.ts'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/

/** Fills in presets and defaults. `baseURL` must be there or known by name. */
export function resolveProvider(config: ProviderConfig, env: Record<string, string | undefined>): ResolvedProvider {
  const preset = presets[config.name]
  const baseURL = config.baseURL ?? preset?.baseURL ?? ''
  const isLocal = preset?.isLocal === true || (URL.canParse(baseURL) && loopback.test(new URL(baseURL).hostname))
  const isOwnAddress = config.baseURL === undefined || config.baseURL === preset?.baseURL
  return {
    name: config.name,
    baseURL,
    // A key from the environment goes to the address that it belongs to, never to another.
    apiKey: config.apiKey ?? (preset?.keyName && isOwnAddress ? env[preset.keyName] : undefined),
    models: config.models,
    priority: config.priority ?? 0,
    weight: config.weight,
    firstTokenMs: config.firstTokenMs ?? (isLocal ? 120_000 : 20_000),
    maxTokensField: isOwnAddress && preset ? preset.maxTokensField : 'max_tokens',
  }
}
