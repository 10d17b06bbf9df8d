import { chat, LunaError } from '@luna/contracts'
import { type BackgroundWork, system } from '@luna/service'
import { sql as raw } from 'kysely'
import type { PluginsContext } from '../context.ts'
import { type TimerBody, timerPlace } from '../host/timers.ts'

const everyMs = 1_000
const atOnce = 20
const mostTries = 12

/** Lets companions speak at the times that were set: each timer once, by its own id, whoever of us looks first. */
export const firingTimers: BackgroundWork<PluginsContext> = {
  name: 'timers',
  async start(ctx) {
    let looking: Promise<void> | null = null
    const look = () => {
      looking ??= fireDue(ctx)
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'timers could not be looked at'))
        .finally(() => {
          looking = null
        })
    }
    const timer = setInterval(look, everyMs)
    return {
      async stop() {
        clearInterval(timer)
        await looking
      },
    }
  },
}

/** Takes what is due for half a minute, so that another process takes it up should this one end here. */
export async function fireDue(ctx: PluginsContext): Promise<void> {
  const due = await ctx.db.transaction(system, tx =>
    tx.sql
      .updateTable('timers')
      .set(({ eb }) => ({
        tries: eb('tries', '+', 1),
        next_try_at: raw<Date>`now() + interval '30 seconds' * (tries + 1)`,
      }))
      .where('id', 'in', eb =>
        eb
          .selectFrom('timers')
          .select('id')
          .where('state', '=', 'waiting')
          .where('next_try_at', '<=', raw<Date>`now()`)
          .orderBy('next_try_at')
          .limit(atOnce)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['id', 'person_id', 'conversation_id', 'character_id', 'body', 'tries'])
      .execute(),
  )
  await Promise.all(
    due.map(async timer => {
      try {
        const key = await ctx.keys.of(timer.person_id)
        const { instruction } = key.openJson(timer.body, timerPlace(timer.id)) as TimerBody
        await ctx.call(
          chat.calls.beginTurn,
          {
            id: timer.id,
            personId: timer.person_id,
            conversationId: timer.conversation_id,
            instruction,
            ...(timer.character_id ? { characterId: timer.character_id } : {}),
          },
          { scope: system },
        )
        await settle(ctx, timer.id, 'done')
      } catch (error) {
        const { code, retryable } = LunaError.from(error)
        if ((!retryable && code !== 'internal') || timer.tries >= mostTries) await settle(ctx, timer.id, 'failed')
        else ctx.log.warn({ timerId: timer.id, code }, 'a timer is tried again')
      }
    }),
  )
}

const settle = (ctx: PluginsContext, id: string, state: 'done' | 'failed') =>
  ctx.db.transaction(system, tx =>
    tx.sql.updateTable('timers').set({ state }).where('id', '=', id).where('state', '=', 'waiting').execute(),
  )
