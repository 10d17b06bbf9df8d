import type { BuiltinModule } from '../builtin.ts'
import { chart } from './answers/chart.ts'
import { day } from './answers/day.ts'
import { facts } from './answers/facts.ts'
import { periods } from './answers/periods.ts'
import { report } from './answers/report.ts'
import { list, remove, save } from './answers/saved.ts'

export const plugin: BuiltinModule = {
  actions: {
    chart,
    facts,
    report,
    periods,
    panchanga: day,
    'save-profile': save,
    'list-profiles': list,
    'delete-profile': remove,
  },
}
