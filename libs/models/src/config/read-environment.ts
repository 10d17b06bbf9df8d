import type { ConfigFault } from './faults.ts'
import { makerOf, type Preset, presets } from './presets.ts'

/** A provider seen in the environment; its model is still to be asked for when `model` is undefined. */
export interface FoundKey {
  name: string
  baseURL: string
  apiKey: string | undefined
  model: string | undefined
  preset: Preset
}

/**
 * The providers that the usual names in the environment point to, in the order openai, anthropic, gemini, xai,
 * openrouter. LUNA_MODEL names the model of the first; the provider that makes that model, if its key is there, is moved
 * to the front.
 */
export function readEnvironment(env: Record<string, string | undefined>): { found: FoundKey[]; faults: ConfigFault[] } {
  const faults: ConfigFault[] = []
  const found: FoundKey[] = []
  for (const [name, preset] of Object.entries(presets)) {
    const ownURL = name === 'openai' ? env['OPENAI_BASE_URL']?.trim() : undefined
    const apiKey = preset.keyName ? env[preset.keyName]?.trim() : undefined
    if (!apiKey && !ownURL) continue
    if (ownURL && !isHttp(ownURL)) {
      faults.push({
        name: 'OPENAI_BASE_URL',
        message: 'is no http or https URL; give one like http://127.0.0.1:8000/v1',
      })
      continue
    }
    found.push({
      name,
      baseURL: ownURL || preset.baseURL,
      apiKey: apiKey || undefined,
      model: ownURL ? undefined : preset.chatModel,
      preset,
    })
  }
  const model = env['LUNA_MODEL']?.trim()
  if (!model) return { found, faults }
  const maker = found.findIndex(each => each.name === makerOf(model))
  if (maker > 0) found.unshift(...found.splice(maker, 1))
  if (found[0]) found[0] = { ...found[0], model }
  return { found, faults }
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
