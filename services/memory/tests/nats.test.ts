import { describeWith, needNats } from '@luna/testing'
import { memorySuite } from './memory.suite.ts'
import { onABus } from './on-a-bus.ts'

const nats = await needNats()

describeWith(nats, 'memory', ({ url }) => memorySuite(() => onABus(url)))
