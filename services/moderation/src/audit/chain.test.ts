import { array, assert, integer, property, record, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditRow, ChainVerifier, hashOf, nextRow } from './chain.ts'

const start = { n: 0, hash: '' }
const at = new Date('2026-11-21T00:00:00Z')

function chainOf(count: number): AuditRow[] {
  const rows: AuditRow[] = []
  for (let index = 0; index < count; index += 1)
    rows.push(nextRow(rows.at(-1) ?? start, { kind: 'verdict', body: { index } }, at))
  return rows
}

function faultsOf(rows: readonly AuditRow[], head: { n: number; hash: string }) {
  const verifier = new ChainVerifier()
  for (const row of rows.toSorted((a, b) => a.n - b.n)) verifier.push(row)
  verifier.finish(head)
  return verifier.faults
}

const rows = chainOf(9)
const head = rows.at(-1) ?? start
const without = (n: number) => rows.filter(row => row.n !== n)
const withRow = (changed: AuditRow) => [...without(changed.n), changed]

describe('the audit chain', () => {
  it('is whole as it was written', () => {
    expect(faultsOf(rows, head)).toEqual([])
    expect(faultsOf([], start)).toEqual([])
  })

  it('shows a changed row, also when its hash was made anew', () => {
    const entry = (rows[3]?.entry ?? '').replace('"index":3', '"index":7')
    expect(faultsOf(withRow({ n: 4, entry, hash: rows[3]?.hash ?? '' }), head)).toEqual([{ n: 4, fault: 'changed' }])
    expect(faultsOf(withRow({ n: 4, entry, hash: hashOf(entry) }), head)).toEqual([{ n: 5, fault: 'changed' }])
    const last = (rows[8]?.entry ?? '').replace('"index":8', '"index":1')
    expect(faultsOf(withRow({ n: 9, entry: last, hash: hashOf(last) }), head)).toEqual([{ n: 9, fault: 'changed' }])
  })

  it('shows a missing row, at the beginning, in the middle and at the end', () => {
    for (const n of [1, 5, 9]) expect(faultsOf(without(n), head)).toEqual([{ n, fault: 'missing' }])
  })

  it('shows rows whose places were swapped', () => {
    const [third, fourth] = [rows[2] as AuditRow, rows[3] as AuditRow]
    const swapped = [...without(3).filter(row => row.n !== 4), { ...third, n: 4 }, { ...fourth, n: 3 }]
    expect(faultsOf(swapped, head)).toEqual([
      { n: 3, fault: 'reordered' },
      { n: 4, fault: 'reordered' },
    ])
  })

  it('shows any change of any byte', () => {
    const change = record({
      row: integer({ min: 0, max: 8 }),
      place: integer({ min: 0, max: 10_000 }),
      by: string({ minLength: 1, maxLength: 2 }),
    })
    assert(
      property(array(change, { minLength: 1, maxLength: 3 }), changes => {
        const changed = rows.map(row => ({ ...row }))
        for (const { row, place, by } of changes) {
          const target = changed[row] as AuditRow
          const from = place % target.entry.length
          target.entry = target.entry.slice(0, from) + by + target.entry.slice(from + by.length)
        }
        const touched = changed.some((row, index) => row.entry !== rows[index]?.entry)
        expect(faultsOf(changed, head).length > 0).toBe(touched)
      }),
      { numRuns: 100 },
    )
  })
})
