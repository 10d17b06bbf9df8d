import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import type { PluginsContext, PluginsTx } from '../context.ts'

const mostTimers = 200
const farthestMs = 2 * 366 * 86_400_000

export const timerPlace = (id: string): string => `plugins.timers.body:${id}`

export interface TimerBody {
  instruction: string
  label: string
}

interface TimersOptions {
  ctx: PluginsContext
  personId: string
  pluginId: string
  conversationId: string | null
  characterId: string | null
}

/** Times at which the companion speaks first. They are set with the end of the run, or not at all. */
export function createTimers({ ctx, personId, pluginId, conversationId, characterId }: TimersOptions) {
  const scope = person(personId)
  const set: { id: string; at: Date; label: string; body: Buffer }[] = []
  const cancelled = new Set<string>()

  async function list(): Promise<{ id: string; at: Date; label: string }[]> {
    const key = await ctx.keys.of(personId)
    const rows = await ctx.db.transaction(scope, tx =>
      tx.sql
        .selectFrom('timers')
        .select(['id', 'due_at', 'body'])
        .where('plugin_id', '=', pluginId)
        .where('state', '=', 'waiting')
        .orderBy('due_at')
        .execute(),
    )
    const stored = rows.map(({ id, due_at, body }) => ({
      id,
      at: due_at,
      label: (key.openJson(body, timerPlace(id)) as TimerBody).label,
    }))
    return [...stored, ...set.map(({ id, at, label }) => ({ id, at, label }))]
      .filter(({ id }) => !cancelled.has(id))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  }

  return {
    list,
    async set({ at, instruction, label }: { at: Date; instruction: string; label: string }): Promise<{ id: string }> {
      if (conversationId === null)
        throw new LunaError('invalid', 'A companion can only speak first in a conversation: ask for it in one.')
      const ahead = at.getTime() - ctx.clock.now().getTime()
      if (!(ahead > -60_000 && ahead < farthestMs))
        throw new LunaError('invalid', 'The time must lie ahead, within two years.')
      if ((await list()).length >= mostTimers)
        throw new LunaError('too-large', `${mostTimers} times are set already. Take some away first.`)
      const id = ctx.random.id()
      const body: TimerBody = { instruction, label }
      set.push({ id, at, label, body: (await ctx.keys.of(personId)).sealJson(body, timerPlace(id)) })
      return { id }
    },
    async cancel(id: string): Promise<boolean> {
      const known = (await list()).some(timer => timer.id === id)
      if (known) cancelled.add(id)
      return known
    },
    async commit(tx: PluginsTx): Promise<void> {
      for (const { id, at, body } of set) {
        if (cancelled.has(id) || conversationId === null) continue
        await tx.sql
          .insertInto('timers')
          .values({
            id,
            person_id: personId,
            plugin_id: pluginId,
            conversation_id: conversationId,
            character_id: characterId,
            due_at: at,
            next_try_at: at,
            body,
            state: 'waiting',
          })
          .execute()
      }
      if (cancelled.size > 0)
        await tx.sql
          .updateTable('timers')
          .set({ state: 'cancelled' })
          .where('plugin_id', '=', pluginId)
          .where('id', 'in', [...cancelled])
          .where('state', '=', 'waiting')
          .execute()
    },
  }
}
