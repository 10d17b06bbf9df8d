import { expect, test } from 'vitest'
import { parsePostmasterFile } from './postmaster-file.ts'

const ready = ['9387', '/data/cluster', '1795221010', '55399', '', '127.0.0.1', '  2146340        49', 'ready   ', '']

test('a running server', () => {
  expect(parsePostmasterFile(ready.join('\n'))).toEqual({
    pid: 9387,
    dataDir: '/data/cluster',
    port: 55399,
    status: 'ready',
  })
})

test('one that has only begun to write it', () => {
  expect(parsePostmasterFile('9387\n/data/cluster\n1795221010\n55399\n')).toMatchObject({ status: undefined })
})

test.each(['', 'x\n', '-9387\n', '0\n'])('%j is no record', text => {
  expect(parsePostmasterFile(text)).toBeUndefined()
})
