import { type PersonKey, person } from '@luna/service'
import { sql } from 'kysely'
import { keyOf, type MemoryContext, type MemoryTx } from '../context.ts'
import { textPlace } from '../follow/episode.ts'
import { applyOperations } from './apply.ts'
import { extractByModel, modelExtractor } from './by-model.ts'
import { type Known, nearestKnown } from './known.ts'
import type { Operation, Turn } from './operation.ts'
import { extractByRules, rulesVersion } from './rules.ts'
import { storeSummary, summarise } from './summary.ts'
import { validate } from './validate.ts'

export interface Job {
  readonly person_id: string
  readonly conversation_id: string
  readonly fence: number
  readonly tries: number
  readonly messages: number
}

/** What an extractor is to read. */
interface Reading {
  readonly turns: readonly Turn[]
  /** Of these, the messages that were not read before; the others are context. */
  readonly fresh: ReadonlySet<string>
  readonly characterId: string | null
  readonly revision: number
  readonly known: readonly Known[]
  readonly more: boolean
}

const mostTurns = 40
const contextTurns = 6
const modelMs = 60_000
/** After so many failures of a model the rules read what it could not. */
const modelTries = 3

/** Somebody else holds the job, or the talk has changed meanwhile: nothing of this reading is written. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

/**
 * Reads a conversation and writes what it teaches. Messages are marked as read in the transaction that writes, so a process
 * that dies leaves nothing half done, and what is read twice is written once.
 * @returns whether there is more to read
 */
export async function runJob(ctx: MemoryContext, job: Job): Promise<boolean> {
  const personId = job.person_id
  const key = await keyOf(ctx, personId)
  if (!key) return false
  const reading = await read(ctx, key, job)
  if (!reading) return false
  const { operations, summary, extractor, origin } = await extract(ctx, reading, job.tries)
  await ctx.db.transaction(person(personId), async tx => {
    await guard(tx, job, reading)
    await applyOperations(ctx, tx, key, {
      personId,
      conversationId: job.conversation_id,
      characterId: reading.characterId,
      origin,
      extractor,
      operations,
      saidAt: new Map(reading.turns.map(turn => [turn.messageId, turn.at])),
      known: reading.known,
    })
    await storeSummary(tx, key, job, { text: summary, extractor, turns: reading.turns })
    await sql`update episodes set extracted = ${extractor}
      where person_id = ${personId}::uuid and message_id = any(${[...reading.fresh]}::uuid[])`.execute(tx.sql)
    tx.afterCommit(() => ctx.emitChanged(personId))
  })
  return reading.more
}

interface Row {
  message_id: string
  parent_id: string | null
  speaker: 'person' | 'character'
  text: Buffer
  said_at: Date
  character_id: string | null
  extracted: string | null
}

async function read(ctx: MemoryContext, key: PersonKey, job: Job): Promise<Reading | null> {
  const { person_id: personId, conversation_id: conversationId } = job
  return ctx.db.transaction(person(personId), async tx => {
    const conversation = await tx.sql
      .selectFrom('conversations')
      .select(['revision', 'heard', 'gone'])
      .where('person_id', '=', personId)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst()
    if (!conversation || conversation.gone) return null
    if (conversation.revision < conversation.heard)
      throw new Overtaken('the conversation has changed and was not read again yet')
    const { rows } = await sql<Row>`
      with fresh as (
        select message_id, said_at from episodes
        where person_id = ${personId}::uuid and conversation_id = ${conversationId}::uuid and active and extracted is null
        order by said_at, message_id limit ${mostTurns + 1})
      select e.message_id, e.parent_id, e.speaker, e.text, e.said_at, e.character_id, e.extracted
      from episodes e where e.person_id = ${personId}::uuid and e.conversation_id = ${conversationId}::uuid and e.active
        and e.speaker <> 'system' and (e.message_id in (select message_id from fresh)
          or e.message_id in (select message_id from episodes
            where person_id = ${personId}::uuid and conversation_id = ${conversationId}::uuid and active and extracted is not null
              and said_at <= (select min(said_at) from fresh) order by said_at desc limit ${contextTurns}))
      order by e.said_at, e.message_id`.execute(tx.sql)
    const fresh = rows.filter(row => row.extracted === null)
    if (fresh.length === 0) return null
    const kept = rows.slice(0, rows.length - Math.max(0, fresh.length - mostTurns))
    const turns = kept.map(row => ({
      messageId: row.message_id,
      speaker: row.speaker,
      text: key.open(row.text, textPlace(row.message_id)),
      at: row.said_at,
    }))
    const freshIds = new Set(kept.filter(row => row.extracted === null).map(row => row.message_id))
    const said = turns.filter(turn => turn.speaker === 'person' && freshIds.has(turn.messageId)).map(({ text }) => text)
    return {
      turns,
      fresh: freshIds,
      characterId: rows.find(row => row.character_id !== null)?.character_id ?? null,
      revision: conversation.revision,
      known: await nearestKnown(tx, key, personId, said),
      more: fresh.length > mostTurns,
    }
  })
}

interface Extracted {
  operations: readonly Operation[]
  summary: string
  extractor: string
  origin: 'model' | 'rules'
}

async function extract(ctx: MemoryContext, { turns, fresh, known }: Reading, tries: number): Promise<Extracted> {
  const news = turns.filter(turn => fresh.has(turn.messageId))
  const byRules = (): Extracted => ({
    operations: extractByRules(news),
    summary: summarise(news),
    extractor: rulesVersion,
    origin: 'rules',
  })
  const { extractor } = ctx.config
  if (extractor === 'rules') return byRules()
  const models = await ctx.models()
  if (!models.hasModel) return byRules()
  try {
    const found = await extractByModel(models, turns, known, AbortSignal.timeout(modelMs))
    const { operations, refused } = validate(found.operations, news, known)
    if (refused.length > 0) ctx.log.info({ refused }, 'operations of an extractor were refused')
    return { operations, summary: found.summary, extractor: modelExtractor, origin: 'model' }
  } catch (error) {
    if (extractor === 'model' || tries + 1 < modelTries) throw error
    ctx.log.warn({ reason: (error as Error).message }, 'no model could read a talk; the rules do')
    return byRules()
  }
}

/** Locks the conversation, then the job: what was read must still stand, and the job still be ours. */
async function guard({ sql: trx }: MemoryTx, job: Job, { revision, fresh }: Reading): Promise<void> {
  const conversation = await trx
    .selectFrom('conversations')
    .select(['revision', 'heard', 'gone'])
    .where('person_id', '=', job.person_id)
    .where('conversation_id', '=', job.conversation_id)
    .forUpdate()
    .executeTakeFirst()
  const held = await trx
    .selectFrom('extraction_jobs')
    .select('fence')
    .where('person_id', '=', job.person_id)
    .where('conversation_id', '=', job.conversation_id)
    .forUpdate()
    .executeTakeFirst()
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from episodes where person_id = ${job.person_id}::uuid
      and message_id = any(${[...fresh]}::uuid[]) and active and extracted is null`.execute(trx)
  const stands =
    conversation && !conversation.gone && conversation.revision === revision && conversation.heard <= revision
  if (!stands || rows[0]?.count !== fresh.size) throw new Overtaken('the talk has changed while it was read')
  if (held?.fence !== job.fence) throw new Overtaken('another process has taken the job')
}
