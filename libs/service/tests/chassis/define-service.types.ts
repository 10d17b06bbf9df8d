/**
 * What must not compile, checked by `npm run check` (types): each expectation turns red when the compiler accepts the line
 * below it.
 */
import { chat, gateway } from '@luna/contracts'
import { type BaseContext, defineService, on } from '@luna/service'
import { z } from 'zod'
import { bench } from './bench-service.ts'

type Context = BaseContext<unknown, typeof bench>

const facts = {
  name: 'bench',
  contract: bench,
  owns: { schema: 'bench', migrations: {} },
  config: z.object({}),
  context: (base: Context) => base,
  listens: [],
} as const

const note = async ({ id }: { id: string }) => ({ id })
const notes = async () => ({ ids: [], heard: [] })
const nothing = async () => ({})
const serves = { note, notes, broken: nothing, picky: nothing }

defineService({ ...facts, serves })

// @ts-expect-error a call of the contract has no handler
defineService({ ...facts, serves: { note, notes, broken: nothing } })

// @ts-expect-error a handler answers with something else
defineService({ ...facts, serves: { ...serves, note: async () => ({ id: 1 }) } })

// @ts-expect-error a handler wants an input that the contract does not give
defineService({ ...facts, serves: { ...serves, note: async (input: { no: number }) => ({ id: String(input.no) }) } })

// @ts-expect-error a service carries its contract's name
defineService({ ...facts, name: 'other', serves })

export const published = async (ctx: Context) => {
  const personId = 'p'
  await ctx.db.transaction({ kind: 'system' }, async tx => {
    tx.publish(bench.events.noted, { personId, noteId: 'n' })
    // @ts-expect-error a payload lacks a field
    tx.publish(bench.events.noted, { personId })
    // @ts-expect-error another service's event
    tx.publish(chat.events.conversationDeleted, { personId, conversationId: 'c', revision: 1 })
  })
  // @ts-expect-error an input lacks a field
  await ctx.call(bench.calls.note, {}, { scope: { kind: 'system' } })
  // @ts-expect-error a call without a scope
  await ctx.call(bench.calls.notes, {}, {})
  // @ts-expect-error another service's feed
  ctx.emit(chat.feeds.turnWaiting, 'all', { conversationId: 'c', turnId: 't' })
}

on(gateway.events.accountErased, async (event: { personId: string; erasureId: string }) => void event)
// @ts-expect-error a handler wants a payload that the event does not have
on(gateway.events.accountErased, async (event: { conversationId: string }) => void event)

interface Richer extends Context {
  readonly extra: string
}
const greedy = {
  ...facts,
  serves,
  listens: [on(bench.events.noted, async (_: { personId: string }, ctx: Richer) => void ctx.extra)],
}
// @ts-expect-error a handler wants more of the context than there is
defineService(greedy)
