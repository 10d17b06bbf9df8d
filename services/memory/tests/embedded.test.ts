import { memorySuite } from './memory.suite.ts'
import { onABus } from './on-a-bus.ts'

memorySuite(() => onABus())
