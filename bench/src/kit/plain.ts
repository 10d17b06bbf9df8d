import OpenAI from 'openai'
import type { TurnTimes } from './talker.ts'

/** The plain client: the official one, straight at the model server. */
export function openPlain(modelUrl: string): { turn(text: string): Promise<TurnTimes> } {
  const client = new OpenAI({ baseURL: modelUrl, apiKey: 'test', maxRetries: 0 })
  return {
    async turn(text) {
      const startedAt = performance.now()
      let firstMs = 0
      let characters = 0
      const stream = await client.chat.completions.create({
        model: 'fake-chat',
        stream: true,
        messages: [{ role: 'user', content: text }],
      })
      for await (const chunk of stream) {
        const piece = chunk.choices[0]?.delta.content
        if (!piece) continue
        firstMs ||= performance.now() - startedAt
        characters += piece.length
      }
      return { firstMs, totalMs: performance.now() - startedAt, characters }
    },
  }
}
