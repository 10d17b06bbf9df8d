import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { findProgram } from './programs.ts'

test('finds a program in the folders it is given, and none that is not there', async () => {
  expect(await findProgram('node', dirname(process.execPath))).toBe(process.execPath)
  expect(await findProgram('no-such-program')).toBeUndefined()
})
