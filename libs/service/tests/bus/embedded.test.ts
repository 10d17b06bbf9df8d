import { afterAll, beforeAll, describe } from 'vitest'
import { busContract } from './contract.suite.ts'
import { type EmbeddedAdapter, startEmbeddedAdapter } from './embedded-adapter.ts'

describe('the bus on a log in PostgreSQL', () => {
  let adapter: EmbeddedAdapter
  beforeAll(async () => {
    adapter = await startEmbeddedAdapter()
  })
  afterAll(() => adapter.drop())

  busContract({
    kind: 'embedded',
    open: (topology, log) => adapter.open(topology, log),
    url: () => adapter.url(),
    dump: () => adapter.dump(),
  })
})
