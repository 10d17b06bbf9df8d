import { LunaError } from '@luna/contracts'
import { sql } from 'kysely'
import { keyOf, type MemoryContext } from '../context.ts'
import { embedTexts } from '../vectors/embed-texts.ts'
import { project } from '../vectors/project.ts'
import { type Job, Overtaken, runJob } from './job.ts'

/** Milliseconds between two looks for work; a turn that makes work due wakes the worker of its process at once. */
const lookMs = 2_000
/** Longer than any reading takes: then its process is lost, and another one may take the job. */
const leaseSeconds = 180
const atOnce = 2
const retrySeconds = 15
const mostTries = 8

/** Learns from talks whose time has come, one at a time in each of a few lanes, on every process. */
export async function startLearning(ctx: MemoryContext): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  const lanes = Array.from({ length: atOnce }, () => lane())

  async function lane(): Promise<void> {
    while (!stopping.signal.aborted) {
      const busy = await step(ctx).catch((error: unknown) => {
        if (!stopping.signal.aborted) ctx.log.warn({ err: error }, 'learning from talks failed; it is tried again')
        return false
      })
      if (!busy && !stopping.signal.aborted) await ctx.rest.for(lookMs)
    }
  }
  return {
    async stop() {
      stopping.abort()
      ctx.rest.wake()
      await Promise.all(lanes)
    },
  }
}

/** One piece of work. @returns whether there was any */
export async function step(ctx: MemoryContext): Promise<boolean> {
  const job = await claim(ctx)
  const more = ctx.vectors.projected ? await project(ctx) : await forgetProjections(ctx)
  if (!job) return more
  try {
    const key = ctx.config.embeds ? await keyOf(ctx, job.person_id) : null
    const rest = await runJob(ctx, job)
    if (key) await embedTexts(ctx, key, job.person_id).catch((error: unknown) => lateVectors(ctx, error))
    await finish(ctx, job, rest)
  } catch (error) {
    await putOff(ctx, job, error)
  }
  return true
}

const lateVectors = (ctx: MemoryContext, error: unknown): void =>
  ctx.log.info({ code: LunaError.from(error).code }, 'vectors are made later; the embedder does not answer')

async function claim(ctx: MemoryContext): Promise<Job | undefined> {
  const { rows } = await sql<Job>`
    update extraction_jobs set fence = fence + 1, claimed_until = now() + ${leaseSeconds} * interval '1 second'
    where (person_id, conversation_id) = (
      select person_id, conversation_id from extraction_jobs
      where due_at <= now() and (claimed_until is null or claimed_until < now())
      order by due_at limit 1 for update skip locked)
    returning person_id, conversation_id, fence, tries, messages`.execute(ctx.store.work)
  return rows[0]
}

/** What came in meanwhile stays due. */
async function finish({ store }: MemoryContext, job: Job, more: boolean): Promise<void> {
  await sql`with done as (
      delete from extraction_jobs where person_id = ${job.person_id}::uuid and conversation_id = ${job.conversation_id}::uuid
        and fence = ${job.fence} and messages = ${job.messages} and not ${more}::boolean returning 1)
    update extraction_jobs set claimed_until = null, tries = 0, messages = greatest(0, messages - ${job.messages}::int),
      due_at = case when ${more}::boolean then now() else due_at end
    where person_id = ${job.person_id}::uuid and conversation_id = ${job.conversation_id}::uuid and fence = ${job.fence}
      and not exists (select 1 from done)`.execute(store.work)
}

/** What was overtaken is soon looked at again; what fails again and again is given up, and waits for the next message. */
async function putOff(ctx: MemoryContext, job: Job, error: unknown): Promise<void> {
  const overtaken = error instanceof Overtaken
  if (!overtaken)
    ctx.log.warn(
      { code: LunaError.from(error).code, tries: job.tries + 1 },
      'a talk could not be read; it is tried again',
    )
  const pause = overtaken ? 1 : retrySeconds * 2 ** Math.min(job.tries, 6)
  await sql`update extraction_jobs set claimed_until = null, tries = tries + 1,
      due_at = case when tries + 1 >= ${mostTries}::int then 'infinity'::timestamptz
        else now() + ${pause}::int * interval '1 second' end
    where person_id = ${job.person_id}::uuid and conversation_id = ${job.conversation_id}::uuid and fence = ${job.fence}`.execute(
    ctx.store.work,
  )
}

/** Exact search reads the table itself: nobody has to be told. */
async function forgetProjections({ config, store }: MemoryContext): Promise<boolean> {
  if (config.embeds) await sql`delete from projection_jobs`.execute(store.work)
  return false
}
