import { callsSuite } from './calls.suite.ts'
import { crashesSuite } from './crashes.suite.ts'
import { erasureSuite } from './erasure.suite.ts'
import { eventsSuite } from './events.suite.ts'
import { feedsSuite } from './feeds.suite.ts'
import type { Adapter } from './harness.ts'
import { limitsSuite } from './limits.suite.ts'
import { retriesSuite } from './retries.suite.ts'

/** Every promise of src/bus/types.ts, for any adapter. */
export const busContract = (adapter: Adapter): void => {
  eventsSuite(adapter)
  limitsSuite(adapter)
  retriesSuite(adapter)
  crashesSuite(adapter)
  erasureSuite(adapter)
  callsSuite(adapter)
  feedsSuite(adapter)
}
