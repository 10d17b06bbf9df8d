import { luna } from './luna.ts'
import type { Starter } from './starter.ts'

/** In the order in which they are shown. */
export const starters: readonly Starter[] = [luna]
export { luna }
