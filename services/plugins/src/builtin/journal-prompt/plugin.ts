import type { BuiltinModule } from '../builtin.ts'
import { questions } from './questions.ts'

export const plugin: BuiltinModule = {
  actions: {
    /** Without putting back: a question returns when every other one of its theme has been drawn. */
    async draw({ theme = 'any' }, host) {
      const pool = questions.filter(question => theme === 'any' || question.theme === theme)
      const drawn = new Set((await host.storage.get('drawn')) as string[] | null)
      const left = pool.filter(({ text }) => !drawn.has(text))
      const from = left.length > 0 ? left : pool
      const question = from[Math.floor(host.random() * from.length)] ?? pool[0]
      const text = question?.text ?? ''
      const others =
        left.length > 0 ? [...drawn] : [...drawn].filter(one => !pool.some(({ text: known }) => known === one))
      await host.storage.set('drawn', [...others, text])
      return {
        text: `*${text}*\n\nTake ten minutes, and do not correct anything.`,
        data: { question: text, theme: question?.theme },
      }
    },
  },
}
