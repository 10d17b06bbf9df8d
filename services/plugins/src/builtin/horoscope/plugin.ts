import type { BuiltinModule } from '../builtin.ts'
import { forgetBirth, saveBirth } from './own-birth.ts'
import { transits } from './transits.ts'

export const plugin: BuiltinModule = {
  actions: { transits, 'save-birth': saveBirth, 'forget-birth': forgetBirth },
}
