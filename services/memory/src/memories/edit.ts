import { type CallInput, type CallOutput, LunaError, type memory } from '@luna/contracts'
import { type CallRequest, type PersonKey, person, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import { openBody, sealBody } from './body.ts'
import { rowOf } from './find.ts'
import { fingerprint } from './fingerprint.ts'
import { type MemoryRow, toItem } from './row.ts'
import { withhold } from './write.ts'

type Definition = typeof memory.calls.editMemory
type Changes = CallInput<Definition>

/**
 * Changes a memory. Another text is a correction: the old version goes into its history, the memory is the person's own from
 * then on, and what was said before is not recalled against it.
 */
export async function editMemory(
  input: Changes,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const row = await ctx.db.transaction(person(personId), async tx => {
    await tx.sql
      .selectFrom('memories')
      .select('id')
      .where('person_id', '=', personId)
      .where('id', '=', input.id)
      .forUpdate()
      .execute()
    const before = await rowOf(tx, personId, input.id)
    requireVersion(before, input.ifVersion)
    await write(tx, key, before, input)
    const after = await rowOf(tx, personId, input.id)
    tx.afterCommit(() => ctx.emitChanged(personId, input.id, after.version))
    return after
  })
  return toItem(row, key)
}

export function requireVersion({ version }: { version: number }, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== version)
    throw new LunaError(
      'stale',
      `This was changed meanwhile: it is at version ${version}, not ${ifVersion}. Read it again.`,
    )
}

async function write(tx: MemoryTx, key: PersonKey, before: MemoryRow, changes: Changes): Promise<void> {
  const body = openBody(key, before.id, before.body)
  const text = changes.text?.trim() ?? body.text
  const corrected = text !== body.text
  const tags = changes.tags ?? body.tags
  const at = { personId: before.person_id, id: before.id }
  if (corrected) {
    await keepVersion(tx, before, 'corrected by the person')
    await withhold(tx, key, at.personId, { memoryId: at.id, because: null, oldText: body.text, newText: text })
  }
  await tx.sql
    .updateTable('memories')
    .set({
      version: before.version + 1,
      body: sealBody(key, at.id, { ...body, text, tags }),
      content_hash: fingerprint(key, text),
      lexemes: key.tsvector(`${text} ${tags.join(' ')}`),
      kind: changes.kind ?? before.kind,
      importance: changes.importance ?? before.importance,
      valence: changes.valence ?? before.valence,
      pinned: changes.pinned ?? before.pinned,
      valid_from: dateOr(changes.validFrom, before.valid_from),
      valid_to: dateOr(changes.validTo, before.valid_to),
      character_id: changes.characterId === undefined ? before.character_id : changes.characterId,
      ...(corrected ? { origin: 'person' as const, confidence: 1 } : {}),
      updated_at: sql<Date>`now()`,
    })
    .where('person_id', '=', at.personId)
    .where('id', '=', at.id)
    .execute()
  if (corrected)
    await tx.sql
      .insertInto('unlearned')
      .values({ person_id: at.personId, content_hash: before.content_hash })
      .onConflict(conflict => conflict.columns(['person_id', 'content_hash']).doNothing())
      .execute()
}

const dateOr = (given: string | null | undefined, fallback: Date | null): Date | null =>
  given === undefined ? fallback : given === null ? null : new Date(given)

const keepVersion = ({ sql: trx }: MemoryTx, before: MemoryRow, reason: string) =>
  trx
    .insertInto('memory_versions')
    .values({
      person_id: before.person_id,
      memory_id: before.id,
      version: before.version,
      body: before.body,
      valid_from: before.valid_from,
      valid_to: before.valid_to,
      reason,
    })
    .execute()
