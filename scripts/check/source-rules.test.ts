import { expect, test } from 'vitest'
import { sourceFaults } from './source-rules.ts'

const inService = 'services/chat/src/turns/engine.ts'

test.each([
  ['environment', inService, `const a = process.env['A']`],
  ['environment', 'libs/service/src/bus/bus.ts', 'const { PATH } = process.env'],
  ['clock', inService, 'const at = new Date()'],
  ['clock', inService, 'if (Math.random() < 0.5) return'],
  ['message name', inService, `bus.publish('chat.turn-ended.v1')`],
  ['message name', 'tests/faults/kill.test.ts', 'const name = `gateway.account-erased.v1`'],
  ['deep import', inService, `import { fold } from '../../../gateway/src/live/fold.ts'`],
  ['deep import', inService, `import { x } from '@luna/service/src/clock.ts'`],
  ['deep import', inService, `const x = await import('../../../../libs/service/src/clock.ts')`],
  ['test code in production', inService, `import { waitFor } from '@luna/testing'`],
])('%s: %s', (rule, path, source) => {
  expect(sourceFaults(path, `\n${source}\n`)).toEqual([expect.stringMatching(new RegExp(`^${path}:2 ${rule}: `))])
})

test.each([
  ['services/chat/src/main.ts', 'await run(service, process.env)'],
  ['libs/testing/src/scratch-dir.ts', `process.env['TMPDIR']`],
  ['services/chat/src/turns/engine.test.ts', 'const at = new Date()'],
  ['libs/contracts/src/chat.ts', `event('chat.turn-ended.v1')`],
  [inService, '// process.env is not read here, nor is new Date()\n/* Math.random() */'],
  [inService, `import { claim } from './claim.ts'\nimport { run } from '../run.ts'`],
  [inService, 'const at = new Date(row.created_at)'],
])('%s may have: %s', (path, source) => {
  expect(sourceFaults(path, source)).toEqual([])
})
