import { randomUUID } from 'node:crypto'
import { call, defineContract, event, feed, LunaError } from '@luna/contracts'
import {
  type BaseContext,
  createEmbeddedBus,
  createLogger,
  defineService,
  type EventDelivery,
  ensureBusSchema,
  ensureRole,
  on,
  openBlobs,
  type Platform,
  personOf,
  roleUrl,
  secureRows,
  topologyOf,
} from '@luna/service'
import { createTestDatabase, scratchDir } from '@luna/testing'
import { sql } from 'kysely'
import pg from 'pg'
import { z } from 'zod'

/** A service as small as they come, to try the chassis with: it counts notes of persons. */
export const bench = defineContract({
  service: 'bench',
  summary: 'Tries the chassis.',
  events: {
    noted: event('bench.noted.v1', 'A note was made.', z.object({ personId: z.uuid(), noteId: z.uuid() })),
  },
  calls: {
    note: call('bench.note.v1', 'Makes a note.', {
      input: z.strictObject({ id: z.uuid(), fail: z.boolean().optional() }),
      output: z.object({ id: z.uuid() }),
    }),
    notes: call('bench.notes.v1', 'Lists notes.', {
      input: z.strictObject({}),
      output: z.object({ ids: z.array(z.uuid()), heard: z.array(z.uuid()) }),
    }),
    broken: call('bench.broken.v1', 'Throws something internal.', { input: z.strictObject({}), output: z.object({}) }),
    picky: call('bench.picky.v1', 'Throws a typed error.', { input: z.strictObject({}), output: z.object({}) }),
  },
  feeds: {
    frames: feed('bench.frames.v1', 'Notes as they are made.', {
      key: 'person',
      replay: true,
      schema: z.object({ noteId: z.uuid(), rebuilt: z.boolean() }),
    }),
  },
})

interface Tables {
  notes: { id: string; person_id: string }
  heard: { note_id: string; person_id: string }
}

export type BenchContext = BaseContext<Tables, typeof bench> & { hooks: Hooks }
export type Delivery = EventDelivery<Tables, typeof bench>

/** What a test lets go wrong. */
export interface Hooks {
  beforeOnce?: (attempt: number) => void
  afterOnce?: (attempt: number) => void
}

export const benchService = (hooks: Hooks = {}) =>
  defineService({
    name: 'bench',
    contract: bench,
    owns: {
      schema: 'bench',
      connections: 4,
      migrations: {
        '2026-01-01-notes': {
          async up(db) {
            await sql`create table notes (id uuid primary key, person_id uuid not null)`.execute(db)
            await sql`create table heard (note_id uuid not null, person_id uuid not null)`.execute(db)
            await secureRows(db, 'notes', { person: 'person_id' })
            await secureRows(db, 'heard', { person: 'person_id' })
          },
        },
      },
    },
    config: z.object({}),
    context: (base: BaseContext<Tables, typeof bench>): BenchContext => ({ ...base, hooks }),
    listens: [
      on(bench.events.noted, async ({ personId, noteId }, ctx: BenchContext, delivery: Delivery) => {
        ctx.hooks.beforeOnce?.(delivery.attempt)
        await delivery.once({ kind: 'person', personId }, tx =>
          tx.sql.insertInto('heard').values({ note_id: noteId, person_id: personId }).execute(),
        )
        ctx.hooks.afterOnce?.(delivery.attempt)
      }),
    ],
    serves: {
      async note({ id, fail }, ctx, { scope }) {
        const personId = personOf(scope)
        return ctx.db.transaction(scope, async tx => {
          await tx.sql.insertInto('notes').values({ id, person_id: personId }).execute()
          tx.publish(bench.events.noted, { personId, noteId: id })
          tx.emit(bench.feeds.frames, personId, { noteId: id, rebuilt: false }, { noteId: id })
          if (fail) throw new LunaError('conflict', 'Failed as asked.')
          return { id }
        })
      },
      async notes(_, ctx, { scope }) {
        return ctx.db.transaction(scope, async tx => {
          const notes = await tx.sql.selectFrom('notes').select('id').orderBy('id').execute()
          const heard = await tx.sql.selectFrom('heard').select('note_id').orderBy('note_id').execute()
          return { ids: notes.map(row => row.id), heard: heard.map(row => row.note_id) }
        })
      },
      async broken() {
        throw new Error('the password is hunter2')
      },
      async picky() {
        throw new LunaError('too-large', 'Over the limit of 3.', { details: { limit: 3 } })
      },
    },
    rebuilds: {
      frames: async reference => ({ noteId: String(reference['noteId']), rebuilt: true }),
    },
  })

/** A platform on a throw-away database and the in-process bus, for the contract above. */
export async function benchPlatform(): Promise<Platform & { drop(): Promise<void> }> {
  const database = await createTestDatabase()
  const scratch = await scratchDir()
  const log = createLogger({ service: 'bench', level: 'silent' })
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  await ensureRole(admin, database.url, 'bus')
  await ensureBusSchema(admin)
  await admin.end()
  const bus = await createEmbeddedBus({
    connectionString: roleUrl(database.url, 'bus'),
    topology: topologyOf([bench]),
    log,
  })
  return {
    bus,
    adminUrl: database.url,
    blobs: await openBlobs({ folder: scratch.path }),
    config: {} as Platform['config'],
    embedded: true,
    log,
    telemetry: null,
    stop: () => bus.close(),
    async drop() {
      await bus.close()
      await database.drop()
      await scratch.remove()
    },
  }
}

export const anyone = () => randomUUID()
