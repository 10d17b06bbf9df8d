/** The model names that an OpenAI-compatible server lists, or null when it does not answer properly in time. */
export async function listModels(
  baseURL: string,
  apiKey: string | undefined,
  options: { fetch: typeof fetch; timeoutMs: number },
): Promise<string[] | null> {
  try {
    const response = await options.fetch(`${baseURL.replace(/\/+$/, '')}/models`, {
      headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    if (!response.ok) return null
    const body = (await response.json()) as { data?: { id?: unknown }[] } | null
    const names = body?.data?.map(model => model.id) ?? []
    return names.filter((name): name is string => typeof name === 'string' && name !== '')
  } catch {
    return null
  }
}

/** The first name that looks like a model one can talk with. */
export function firstChatModel(names: readonly string[]): string | undefined {
  return names.find(name => !/embed|rerank|whisper|tts|moderation|dall-e|image/i.test(name))
}
