import { z } from 'zod'

const text = z.string().trim().min(1)

/** One entry of LUNA_PROVIDERS. Unknown keys are refused, so that a slip of the pen is not silently ignored. */
export const providerConfig = z.strictObject({
  /** A preset's name (see presets.ts) or any name of your own. */
  name: text,
  /** Any OpenAI-compatible address, usually ending in /v1. Presets bring theirs. */
  baseURL: z.url({ protocol: /^https?$/, error: 'expected an http or https URL' }).optional(),
  apiKey: z.string().optional(),
  models: z.strictObject({
    chat: text,
    small: text.optional(),
    embedding: text.optional(),
    moderation: text.optional(),
    speech: text.optional(),
    transcription: text.optional(),
  }),
  /** Lower goes first; 0 unless given. Equal priorities keep their order, or share the calls if any has a weight. */
  priority: z.int().min(0).optional(),
  /** Share of the calls among equal priorities; 1 unless given. */
  weight: z.number().positive().max(1_000).optional(),
  /** How long the first token may take, in milliseconds. Default 20,000; 120,000 for models on this machine. */
  firstTokenMs: z.int().min(100).max(600_000).optional(),
})

export const providerConfigs = z.array(providerConfig).min(1, 'expected at least one provider')

export type ProviderConfig = z.infer<typeof providerConfig>

/** A provider with every default filled in. */
export interface ResolvedProvider {
  name: string
  baseURL: string
  apiKey: string | undefined
  models: ProviderConfig['models']
  priority: number
  weight: number | undefined
  firstTokenMs: number
  maxTokensField: 'max_tokens' | 'max_completion_tokens'
}
