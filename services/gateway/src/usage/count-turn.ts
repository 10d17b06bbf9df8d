import type { chat, gateway, Payload } from '@luna/contracts'
import { type EventDelivery, person } from '@luna/service'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'
import type { Tables } from '../db/tables.ts'

/** Adds an ended turn to its person's day. A person without an account any more is not counted. */
export async function countTurn(
  turn: Payload<typeof chat.events.turnEnded>,
  _ctx: GatewayContext,
  delivery: EventDelivery<Tables, typeof gateway>,
): Promise<void> {
  await delivery.once(person(turn.personId), async ({ sql }) => {
    await text`
      insert into usage as u (person_id, day, turns, prompt_tokens, completion_tokens)
      select a.id, (now() at time zone 'utc')::date, 1,
             ${turn.usage?.promptTokens ?? 0}::bigint, ${turn.usage?.completionTokens ?? 0}::bigint
      from accounts a where a.id = ${turn.personId}
      on conflict (person_id, day) do update set
        turns = u.turns + 1,
        prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
        completion_tokens = u.completion_tokens + excluded.completion_tokens`.execute(sql)
  })
}
