import { createHash } from 'node:crypto'
import type { AuditFault } from '@luna/contracts'

/** What an entry says: ids of entries, numbers, classes and versions; no text, and no id of a person it is about. */
export interface AuditContent {
  kind: string
  body: Record<string, unknown>
}

export interface AuditRow {
  n: number
  entry: string
  hash: string
}

interface Written extends AuditContent {
  n: number
  at: string
  prev: string
}

export const hashOf = (entry: string): string => createHash('sha256').update(entry).digest('hex')

/** The row after `head`: SHA-256 over its JSON, which holds its number and the hash of the row before. */
export function nextRow(head: { n: number; hash: string }, { kind, body }: AuditContent, at: Date): AuditRow {
  const written: Written = { n: head.n + 1, at: at.toISOString(), kind, body, prev: head.hash }
  const entry = JSON.stringify(written)
  return { n: written.n, entry, hash: hashOf(entry) }
}

export function readEntry(entry: string): Written | null {
  try {
    return JSON.parse(entry) as Written
  } catch {
    return null
  }
}

/** Reads a chain row by row, in the order of their numbers, and names what is not as it was written. */
export class ChainVerifier {
  readonly faults: AuditFault[] = []
  entries = 0
  #n = 0
  #hash = ''

  push(row: AuditRow): void {
    for (let n = this.#n + 1; n < row.n; n += 1) this.faults.push({ n, fault: 'missing' })
    const afterGap = row.n !== this.#n + 1
    const written = readEntry(row.entry)
    if (hashOf(row.entry) !== row.hash || written === null) this.faults.push({ n: row.n, fault: 'changed' })
    else if (written.n !== row.n) this.faults.push({ n: row.n, fault: 'reordered' })
    else if (!afterGap && written.prev !== this.#hash && !this.#faulty(row.n - 1))
      this.faults.push({ n: row.n, fault: 'changed' })
    this.entries += 1
    this.#n = row.n
    this.#hash = row.hash
  }

  /** @param head where the chain says that it ends: rows cut off at the end are missing too */
  finish(head: { n: number; hash: string }): void {
    for (let n = this.#n + 1; n <= head.n; n += 1) this.faults.push({ n, fault: 'missing' })
    if (this.#n === head.n && this.#n > 0 && this.#hash !== head.hash && !this.#faulty(this.#n))
      this.faults.push({ n: this.#n, fault: 'changed' })
    if (this.#n > head.n) this.faults.push({ n: this.#n, fault: 'changed' })
  }

  get head(): string | null {
    return this.#n === 0 ? null : this.#hash
  }

  #faulty(n: number): boolean {
    return this.faults.some(fault => fault.n === n)
  }
}
