import { expect, test } from 'vitest'
import { serverFault } from './server-fault.ts'

const place = { filesDir: '/data', logFile: '/data/server.log', port: 5000 }

test.each([
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'unavailable', /\/data is full/],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'unavailable', /Port 5000/],
  [
    'DETAIL:  The data directory was initialized by PostgreSQL version 15, which is not compatible with this version 18.4.',
    'invalid',
    /made by PostgreSQL 15/,
  ],
  ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'conflict', /Another PostgreSQL server/],
  [
    'postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object file',
    'unavailable',
    /library libicuuc\.so\.60 is missing/,
  ],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'unavailable', /too little memory/],
  ['PANIC:  could not locate a valid checkpoint record at 0/B4B670', 'internal', /damaged.*backup/],
  ['FATAL:  could not open file "global/pg_control": Permission denied', 'invalid', /pg_control": Permission denied/],
  ['one\ntwo\nthree\nfour', 'unavailable', /did not start: two \| three \| four.*server\.log/],
  ['', 'unavailable', /printed nothing/],
])('%s', (output, code, message) => {
  expect(serverFault(output, place)).toMatchObject({ code, message: expect.stringMatching(message) })
})
