/** A provider that Luna knows by name: its OpenAI-compatible address and what is particular about it. */
export interface Preset {
  baseURL: string
  /** The environment name of its key; absent where none is needed. */
  keyName?: string
  /** Used when the settings name no model. Missing where the server is asked for its list. */
  chatModel?: string
  hasEmbeddings: boolean
  /** Runs on this machine, may first have to load the model. */
  isLocal: boolean
  maxTokensField: 'max_tokens' | 'max_completion_tokens'
}

const remote = { isLocal: false, maxTokensField: 'max_tokens' } as const
const local = { isLocal: true, hasEmbeddings: true, maxTokensField: 'max_tokens' } as const

export const presets: Readonly<Record<string, Preset>> = {
  openai: {
    ...remote,
    baseURL: 'https://api.openai.com/v1',
    keyName: 'OPENAI_API_KEY',
    chatModel: 'gpt-5-mini',
    hasEmbeddings: true,
    maxTokensField: 'max_completion_tokens',
  },
  anthropic: {
    ...remote,
    baseURL: 'https://api.anthropic.com/v1',
    keyName: 'ANTHROPIC_API_KEY',
    chatModel: 'claude-haiku-4-5',
    hasEmbeddings: false,
  },
  gemini: {
    ...remote,
    baseURL: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyName: 'GEMINI_API_KEY',
    chatModel: 'gemini-flash-latest',
    hasEmbeddings: true,
  },
  xai: {
    ...remote,
    baseURL: 'https://api.x.ai/v1',
    keyName: 'XAI_API_KEY',
    chatModel: 'grok-4',
    hasEmbeddings: false,
  },
  openrouter: {
    ...remote,
    baseURL: 'https://openrouter.ai/api/v1',
    keyName: 'OPENROUTER_API_KEY',
    chatModel: 'openrouter/auto',
    hasEmbeddings: true,
  },
  ollama: { ...local, baseURL: 'http://127.0.0.1:11434/v1' },
  lmstudio: { ...local, baseURL: 'http://127.0.0.1:1234/v1' },
}

/** The provider that makes a model, told by the model's name; undefined when the name does not say. */
export function makerOf(model: string): string | undefined {
  if (/^(gpt-|chatgpt-|o\d)/i.test(model)) return 'openai'
  if (/^claude-/i.test(model)) return 'anthropic'
  if (/^gemini-/i.test(model)) return 'gemini'
  if (/^grok-/i.test(model)) return 'xai'
  return model.includes('/') ? 'openrouter' : undefined
}
