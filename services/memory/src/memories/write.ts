import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryTx } from '../context.ts'
import type { Cited, Draft } from '../extract/operation.ts'
import { openBody, sealBody } from './body.ts'
import { echoes } from './echoes.ts'
import { fingerprint, slotOf } from './fingerprint.ts'

export interface NewMemory {
  readonly id: string
  readonly draft: Draft
  readonly characterId: string | null
  readonly origin: 'person' | 'model' | 'rules'
  readonly extractor: string
  readonly observedAt: Date
  readonly pinned?: boolean
}

/** Writes a memory; the same id again writes nothing. @returns whether it was written */
export async function insertMemory(
  { sql: trx }: MemoryTx,
  key: PersonKey,
  personId: string,
  { id, draft, ...rest }: NewMemory,
): Promise<boolean> {
  const { text, subject, predicate, entities, tags } = draft
  const done = await trx
    .insertInto('memories')
    .values({
      person_id: personId,
      id,
      character_id: rest.characterId,
      kind: draft.kind,
      origin: rest.origin,
      extractor: rest.extractor,
      body: sealBody(key, id, { text, subject, predicate, entities: [...entities], tags: [...tags] }),
      slot: slotOf(key, subject, predicate),
      content_hash: fingerprint(key, text),
      importance: draft.importance,
      valence: draft.valence,
      confidence: draft.confidence,
      sensitivity: draft.sensitivity,
      pinned: rest.pinned ?? false,
      observed_at: rest.observedAt,
      valid_from: draft.validFrom,
      valid_to: draft.validTo,
      superseded_by: null,
      superseded_at: null,
      used_at: null,
      lexemes: key.tsvector(`${text} ${tags.join(' ')}`),
    })
    .onConflict(conflict => conflict.columns(['person_id', 'id']).doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Ties a memory to the sentences that it was concluded from. */
export async function insertSources(
  { sql: trx }: MemoryTx,
  personId: string,
  memoryId: string,
  conversationId: string,
  cited: readonly Cited[],
  needed: boolean,
): Promise<void> {
  if (cited.length === 0) return
  await trx
    .insertInto('memory_sources')
    .values(
      [...new Map(cited.map(each => [each.messageId, each])).values()].map(({ messageId, from, to }) => ({
        person_id: personId,
        memory_id: memoryId,
        message_id: messageId,
        conversation_id: conversationId,
        needed,
        from_char: from,
        to_char: to,
      })),
    )
    .onConflict(conflict => conflict.columns(['person_id', 'memory_id', 'message_id']).doNothing())
    .execute()
}

/** Closes a memory in favour of another. What it was concluded from is not recalled while that one stands. */
export async function supersede(
  tx: MemoryTx,
  key: PersonKey,
  personId: string,
  { oldId, newId, newText }: { oldId: string; newId: string; newText: string },
): Promise<void> {
  const old = await tx.sql
    .updateTable('memories')
    .set({ superseded_by: newId, superseded_at: sql<Date>`now()` })
    .where('person_id', '=', personId)
    .where('id', '=', oldId)
    .returning('body')
    .executeTakeFirst()
  if (old)
    await withhold(tx, key, personId, {
      memoryId: oldId,
      because: newId,
      oldText: openBody(key, oldId, old.body).text,
      newText,
    })
}

interface Withholding {
  memoryId: string
  /** Null: for good. */
  because: string | null
  oldText: string
  newText: string
}

/** Takes the sentences behind a memory out of what is recalled, and what the character has said after them with its words. */
export async function withhold(tx: MemoryTx, key: PersonKey, personId: string, each: Withholding): Promise<number> {
  const stretches = await echoes(tx, key, personId, each)
  if (stretches.length === 0) return 0
  await tx.sql
    .insertInto('withheld')
    .values(
      stretches.map(({ messageId, from, to }) => ({
        person_id: personId,
        message_id: messageId,
        from_char: from,
        to_char: to,
        because: each.because,
      })),
    )
    .onConflict(conflict =>
      conflict.columns(['person_id', 'message_id', 'from_char', 'to_char']).doUpdateSet({ because: each.because }),
    )
    .execute()
  return stretches.length
}
