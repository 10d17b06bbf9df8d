import { LunaError } from '@luna/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookOf } from '../catalogue/document.ts'
import { normaliseBook } from '../lore/normalise.ts'
import { readCardFile } from './read-file.ts'
import { base64, charx, png, v1, v2, v3 } from './samples.suite.ts'
import { sheetOf } from './sheet.ts'
import { writeArchive, writePng } from './write-file.ts'

/** 10,000 with `LUNA_FUZZ_RUNS=10000`; few of them on every run. */
const numRuns = Number(process.env['LUNA_FUZZ_RUNS'] ?? 250)

const seeds = [
  png(['chara', base64(v2)], ['ccv3', base64(v3)]),
  charx(v3),
  Buffer.from(JSON.stringify(v1)),
  Buffer.from(JSON.stringify(v2)),
]

/** A real file with bytes changed, cut out, doubled or put in; or bytes of chance behind a real head. */
const damaged = fc
  .record({
    seed: fc.nat(seeds.length - 1),
    changes: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        kind: fc.nat(4),
        bytes: fc.uint8Array({ maxLength: 12 }),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ seed, changes }) => {
    let file = Buffer.from(seeds[seed] ?? [])
    for (const { at, kind, bytes } of changes) {
      const index = Math.floor(at * file.length)
      if (kind === 0) file = Buffer.concat([file.subarray(0, index), bytes, file.subarray(index + bytes.length)])
      else if (kind === 1) file = Buffer.concat([file.subarray(0, index), file.subarray(index + bytes.length)])
      else if (kind === 2) file = Buffer.concat([file.subarray(0, index), bytes, file.subarray(index)])
      else if (kind === 3) file = Buffer.concat([file, file.subarray(index)])
      else file = file.subarray(0, Math.max(index, 8))
    }
    return file
  })
const headed = fc
  .tuple(fc.nat(seeds.length - 1), fc.uint8Array({ maxLength: 300 }))
  .map(([seed, bytes]) => Buffer.concat([(seeds[seed] ?? Buffer.of()).subarray(0, 12), bytes]))
const anyCard = fc
  .tuple(fc.constantFrom('v1', 'v2', 'v3'), fc.object({ maxDepth: 4, withNullPrototype: false }), fc.anything())
  .map(([spec, data, book]) => {
    const fields = { name: 'x', first_mes: 'y', ...data, character_book: { entries: [book, data], scan_depth: book } }
    return Buffer.from(
      JSON.stringify(spec === 'v1' ? fields : { spec: `chara_card_${spec}`, data: fields }, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    )
  })

test('no file crashes the readers or holds them up; what is read can be shown and written again', () => {
  fc.assert(
    fc.property(fc.oneof(damaged, headed, anyCard), file => {
      const before = process.cpuUsage()
      try {
        for (const { card, image, files } of readCardFile(file).cards) {
          expect(sheetOf(card).name.length).toBeGreaterThan(0)
          const book = bookOf(card)
          if (book) normaliseBook(book, 'c')
          readCardFile(writePng(card, image, files))
          readCardFile(writeArchive(card, image, files))
        }
      } catch (error) {
        if (!(error instanceof LunaError)) throw error
      }
      // The time of this process alone, whatever else the machine does.
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 1_000).toBeLessThan(1_000)
    }),
    { numRuns },
  )
}, 60_000)
