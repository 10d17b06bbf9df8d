import { chat, LunaError } from '@luna/contracts'
import { type BackgroundWork, system } from '@luna/service'
import { sql as text } from 'kysely'
import type { ModerationContext } from '../context.ts'
import { addCount } from './count.ts'

const instruction =
  'Some time ago the person told you something that sounded as if they were in danger of harming themselves. Check in, in two or three short sentences, in the language of the talk: you have thought of them, you ask openly how they are now, nothing is expected of them, and the help lines shown then are still there. No role-play, no jokes, no advice, no promises.'

const atOnce = 20

interface Due {
  id: string
  person_id: string
  conversation_id: string
}

/** Lets the companion ask how somebody is, some time after a crisis; each once, whoever of several processes does it. */
export const checkIns: BackgroundWork<ModerationContext> = {
  name: 'check-ins after a crisis',
  async start(ctx) {
    let stopped = false
    let timer: NodeJS.Timeout | undefined
    let inHand: Promise<void> = Promise.resolve()
    const tick = () => {
      inHand = sendDue(ctx)
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'check-ins failed; trying again'))
        .finally(() => {
          if (!stopped) timer = setTimeout(tick, ctx.config.checkInEveryMs)
        })
    }
    timer = setTimeout(tick, ctx.config.checkInEveryMs)
    return {
      async stop() {
        stopped = true
        clearTimeout(timer)
        await inHand
      },
    }
  },
}

/** The id of the crisis is the id of the turn's request: asked twice, it is one turn. */
async function sendDue(ctx: ModerationContext): Promise<void> {
  const due = await ctx.db.transaction(system, ({ sql }) =>
    sql
      .selectFrom('crises')
      .select(['id', 'person_id', 'conversation_id'])
      .where('checked_in_at', 'is', null)
      .where('check_in_at', '<=', text<Date>`now()`)
      .where('conversation_id', 'is not', null)
      .orderBy('check_in_at')
      .limit(atOnce)
      .$castTo<Due>()
      .execute(),
  )
  for (const crisis of due) await checkIn(ctx, crisis)
}

async function checkIn(
  ctx: ModerationContext,
  { id, person_id: personId, conversation_id: conversationId }: Due,
): Promise<void> {
  let begun = true
  try {
    await ctx.call(chat.calls.beginTurn, { id, personId, conversationId, instruction }, { scope: system })
  } catch (error) {
    // The talk or the person is gone: nobody is left to be asked. Anything else is tried again.
    if (LunaError.from(error).code !== 'not-found') throw error
    begun = false
  }
  await ctx.db.transaction(system, async tx => {
    const done = await tx.sql
      .updateTable('crises')
      .set({ checked_in_at: text<Date>`now()` })
      .where('id', '=', id)
      .where('checked_in_at', 'is', null)
      .executeTakeFirst()
    if (begun && done.numUpdatedRows > 0n) await addCount(tx, ctx.clock.now(), 'check-in', 'sent')
  })
}
