import type { BuiltinModule } from '../builtin.ts'
import { evaluate } from './evaluate.ts'

const shown = (value: number): string => String(Number(value.toPrecision(14)))

export const plugin: BuiltinModule = {
  actions: {
    evaluate({ expression }) {
      const value = evaluate(String(expression))
      return { text: `${String(expression).trim()} = ${shown(value)}`, data: { value } }
    },
  },
}
