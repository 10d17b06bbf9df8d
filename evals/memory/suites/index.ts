import { change } from './change.ts'
import type { Suite } from './suite.ts'
import { time } from './time.ts'
import { truth } from './truth.ts'

export const suites: readonly Suite[] = [...change, ...truth, ...time]
