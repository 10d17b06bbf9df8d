import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import { fingerprint, slotOf } from '../memories/fingerprint.ts'
import { insertMemory, insertSources, supersede } from '../memories/write.ts'
import { terms } from '../rank/terms.ts'
import type { Known } from './known.ts'
import type { Cited, Draft, Operation } from './operation.ts'

export interface Extraction {
  readonly personId: string
  readonly conversationId: string
  readonly characterId: string | null
  readonly origin: 'model' | 'rules'
  readonly extractor: string
  readonly operations: readonly Operation[]
  /** When each cited message was said. */
  readonly saidAt: ReadonlyMap<string, Date>
  /** What was known before that is near to what was said. */
  readonly known: readonly Known[]
}

export interface Applied {
  added: string[]
  superseded: number
  confirmed: number
  dropped: number
}

/** So much of the words in common, and two memories of one kind say the same. */
const sameWords = 0.9

/** Writes what an extractor wants done, in the transaction that marks its messages as read. */
export async function applyOperations(
  ctx: Pick<MemoryContext, 'random'>,
  tx: MemoryTx,
  key: PersonKey,
  extraction: Extraction,
): Promise<Applied> {
  const applied: Applied = { added: [], superseded: 0, confirmed: 0, dropped: 0 }
  for (const operation of extraction.operations) {
    const { personId, conversationId } = extraction
    if (operation.op === 'NOOP') {
      await insertSources(tx, personId, operation.memoryId, conversationId, operation.cited, false)
      applied.confirmed += 1
    } else if (operation.op === 'DELETE') {
      await tx.sql
        .deleteFrom('memories')
        .where('person_id', '=', personId)
        .where('id', '=', operation.memoryId)
        .execute()
      applied.dropped += 1
    } else await add(ctx, tx, key, extraction, operation, applied)
  }
  return applied
}

async function add(
  ctx: Pick<MemoryContext, 'random'>,
  tx: MemoryTx,
  key: PersonKey,
  extraction: Extraction,
  operation: Extract<Operation, { draft: Draft }>,
  applied: Applied,
): Promise<void> {
  const { personId, conversationId, known } = extraction
  const { draft, cited } = operation
  const hash = fingerprint(key, draft.text)
  if (await wasForgotten(tx, personId, hash)) {
    applied.dropped += 1
    return
  }
  const observedAt = latest(cited, extraction.saidAt)
  const rivals = await inSlot(tx, personId, slotOf(key, draft.subject, draft.predicate), extraction.characterId)
  const same =
    rivals.find(each => each.content_hash === hash) ?? (await withHash(tx, personId, hash)) ?? alike(draft, known)
  if (same && (operation.op === 'ADD' || same.id === operation.memoryId)) {
    await insertSources(tx, personId, same.id, conversationId, cited, false)
    applied.confirmed += 1
    return
  }
  const id = ctx.random.id()
  await insertMemory(tx, key, personId, { ...extraction, id, draft, observedAt })
  await insertSources(tx, personId, id, conversationId, cited, true)
  applied.added.push(id)
  const named = operation.op === 'ADD' ? [] : [operation.memoryId]
  const older = rivals.filter(each => each.observed_at <= observedAt).map(each => each.id)
  for (const oldId of new Set([...named, ...older])) {
    await supersede(tx, key, personId, { oldId, newId: id, newText: draft.text })
    applied.superseded += 1
  }
  // What was said earlier and is read later, as after an outage, is history from the start.
  const newer = rivals.find(each => each.observed_at > observedAt)
  if (newer) await supersede(tx, key, personId, { oldId: id, newId: newer.id, newText: '' })
}

interface Rival {
  id: string
  content_hash: string
  observed_at: Date
}

/** What is held now of what can only hold one value. */
async function inSlot(
  { sql: trx }: MemoryTx,
  personId: string,
  slot: string | null,
  characterId: string | null,
): Promise<Rival[]> {
  if (slot === null) return []
  const { rows } = await sql<Rival>`
    select id, content_hash, observed_at from memories m
    where person_id = ${personId}::uuid and slot = ${slot} and stands(person_id, id)
      and (superseded_by is null or not stands(person_id, superseded_by))
      and (character_id is null or ${characterId}::uuid is null or character_id = ${characterId}::uuid
        or (select sharing from persons p where p.person_id = m.person_id) = 'shared')`.execute(trx)
  return rows
}

async function withHash({ sql: trx }: MemoryTx, personId: string, hash: string): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from memories where person_id = ${personId}::uuid and content_hash = ${hash}
      and stands(person_id, id) and (superseded_by is null or not stands(person_id, superseded_by)) limit 1`.execute(
    trx,
  )
  return rows[0]
}

async function wasForgotten({ sql: trx }: MemoryTx, personId: string, hash: string): Promise<boolean> {
  const row = await trx
    .selectFrom('unlearned')
    .select('at')
    .where('person_id', '=', personId)
    .where('content_hash', '=', hash)
    .executeTakeFirst()
  return row !== undefined
}

/** A memory in hardly other words. */
function alike(draft: Draft, known: readonly Known[]): { id: string } | undefined {
  if (draft.predicate !== null) return undefined
  const words = new Set(terms(draft.text).map(({ term }) => term))
  return known.find(each => {
    if (each.kind !== draft.kind) return false
    const other = new Set(terms(each.text).map(({ term }) => term))
    const common = [...words].filter(word => other.has(word)).length
    return common / (words.size + other.size - common) >= sameWords
  })
}

const latest = (cited: readonly Cited[], saidAt: ReadonlyMap<string, Date>): Date =>
  new Date(Math.max(...cited.map(({ messageId }) => saidAt.get(messageId)?.getTime() ?? 0)))
