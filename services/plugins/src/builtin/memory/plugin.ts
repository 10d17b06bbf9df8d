import type { BuiltinModule } from '../builtin.ts'

export const plugin: BuiltinModule = {
  actions: {
    async remember({ text }, host) {
      const { id } = await host.memory.remember(String(text).trim())
      return { text: `Remembered: ${String(text).trim()}`, data: { id } }
    },
    async recall({ query, limit = 5 }, host) {
      const items = await host.memory.recall(String(query), Number(limit))
      if (items.length === 0) return { text: `Nothing is remembered about “${String(query)}”.`, data: { items: [] } }
      return {
        text: items.map(item => `- ${item.text}`).join('\n'),
        data: { items: items.map(({ memoryId, text, score }) => ({ memoryId, text, score })) },
      }
    },
  },
}
