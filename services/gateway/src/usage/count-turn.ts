import type { chat, gateway, Payload } from '@luna/contracts'
import type { Heard, Tx } from '@luna/service'
import { sql as text } from 'kysely'
import type { Tables } from '../db/tables.ts'

type Ended = Payload<typeof chat.events.turnEnded>

interface Spent {
  turns: number
  prompt: number
  completion: number
}

/** Adds ended turns to their persons' day. A person without an account any more is not counted. */
export async function countTurns(heard: readonly Heard<Ended>[], { sql }: Tx<Tables, typeof gateway>): Promise<void> {
  const spent = sumByPerson(heard)
  const column = (of: keyof Spent) => spent.map(([, sum]) => sum[of])
  await text`
    insert into usage as u (person_id, day, turns, prompt_tokens, completion_tokens)
    select a.id, (now() at time zone 'utc')::date, s.turns, s.prompt, s.completion
    from unnest(${spent.map(([personId]) => personId)}::uuid[], ${column('turns')}::bigint[],
                ${column('prompt')}::bigint[], ${column('completion')}::bigint[]) s (id, turns, prompt, completion)
    join accounts a on a.id = s.id order by a.id
    on conflict (person_id, day) do update set
      turns = u.turns + excluded.turns,
      prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
      completion_tokens = u.completion_tokens + excluded.completion_tokens`.execute(sql)
}

function sumByPerson(heard: readonly Heard<Ended>[]): [personId: string, sum: Spent][] {
  const sums = new Map<string, Spent>()
  for (const { payload } of heard) {
    const { turns, prompt, completion } = sums.get(payload.personId) ?? { turns: 0, prompt: 0, completion: 0 }
    sums.set(payload.personId, {
      turns: turns + 1,
      prompt: prompt + (payload.usage?.promptTokens ?? 0),
      completion: completion + (payload.usage?.completionTokens ?? 0),
    })
  }
  return [...sums]
}
