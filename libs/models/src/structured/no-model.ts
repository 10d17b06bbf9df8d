import { LunaError } from '@luna/contracts'

/** `what` needs a real model and there is only the built-in responder. */
export const noModelError = (what: string) =>
  new LunaError(
    'unavailable',
    `${what} needs a language model, and only the built-in responder is here. Set OPENAI_API_KEY or LUNA_PROVIDERS, or start Ollama.`,
    { retryable: false },
  )
