import { setImmediate as breathe } from 'node:timers/promises'
import { type PersonKey, person } from '@luna/service'
import { LRUCache } from 'lru-cache'
import type { MemoryContext, MemoryTx } from '../context.ts'
import { toDocument } from '../rank/document.ts'
import { PersonIndex } from '../rank/index-of-person.ts'
import { type Change, loadChanges } from './load-changes.ts'

/** The index of a person up to a number of changes. */
export interface Indexed {
  readonly index: PersonIndex
  seq: number
  /** By which change each document came. */
  readonly seqs: Map<string, number>
}

/**
 * Indices in memory of whoever was asked about lately, brought up to date at every recall by the changes that the database
 * has numbered: two processes see the same, and a lost index is only built again.
 */
export interface PersonIndexes {
  /** What is held of a person; undefined: nothing. */
  held(personId: string): Indexed | undefined
  /** Takes changes in. */
  apply(personId: string, indexed: Indexed, changes: readonly Change[]): void
  /** Reads everything of a person, page by page; one reading at a time for each person. */
  build(personId: string, key: PersonKey): Promise<Indexed>
  drop(personId: string): void
}

/** Documents of all indices together: about 300 bytes each. */
const mostDocuments = 400_000
const pageRows = 1_000
/** Documents that are taken in between two looks at what else there is to do. */
const atOnce = 200

export function createPersonIndexes(getContext: () => Pick<MemoryContext, 'db'>): PersonIndexes {
  const held = new LRUCache<string, Indexed>({
    max: 2_000,
    maxSize: mostDocuments,
    sizeCalculation: ({ index }) => index.documents.length + 1,
  })
  const building = new Map<string, Promise<Indexed>>()

  const keep = (personId: string, indexed: Indexed): void => {
    if (indexed.index.wasted > 1_000 && indexed.index.wasted > indexed.index.size) held.delete(personId)
    else held.set(personId, indexed)
  }

  async function read(personId: string, key: PersonKey): Promise<Indexed> {
    const indexed: Indexed = { index: new PersonIndex(), seq: 0, seqs: new Map() }
    for (;;) {
      const changes = await getContext().db.transaction(person(personId), tx =>
        loadChanges(tx, key, personId, indexed.seq, pageRows),
      )
      for (let from = 0; from < changes.length; from += atOnce) {
        takeIn(indexed, changes.slice(from, from + atOnce))
        await breathe()
      }
      if (changes.length === 0) break
    }
    keep(personId, indexed)
    return indexed
  }

  return {
    held: personId => held.get(personId),
    apply(personId, indexed, changes) {
      if (changes.length === 0) return
      takeIn(indexed, changes)
      if (held.peek(personId) === indexed) keep(personId, indexed)
    },
    build(personId, key) {
      const running = building.get(personId)
      if (running) return running
      const mine = read(personId, key).finally(() => building.delete(personId))
      building.set(personId, mine)
      return mine
    },
    drop(personId) {
      held.delete(personId)
    },
  }
}

function takeIn(indexed: Indexed, changes: readonly Change[]): void {
  for (const { id, seq, source } of changes) {
    if ((indexed.seqs.get(id) ?? 0) < seq) {
      if (source) indexed.index.put(toDocument(source))
      else indexed.index.remove(id)
      indexed.seqs.set(id, seq)
    }
    indexed.seq = Math.max(indexed.seq, seq)
  }
}

/** What has changed of a person since an index was last brought up to date. */
export const changesSince = (tx: MemoryTx, key: PersonKey, personId: string, indexed: Indexed): Promise<Change[]> =>
  loadChanges(tx, key, personId, indexed.seq, pageRows)
