import type { RunningLuna } from '@luna/testing'
import { Client } from 'pg'

/** Asks Luna's database as its administrator, whom row level security does not hold back. */
export async function query<Row extends object>(
  luna: RunningLuna,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: await luna.databaseUrl() })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

export interface StoredTurn {
  id: string
  state: string
  attempt: number
  holder: string | null
  answers: number
}

/** The turns of a conversation, with how many answers are stored for each. */
export const storedTurns = (luna: RunningLuna, conversationId: string): Promise<StoredTurn[]> =>
  query(
    luna,
    `select t.id, t.state, t.attempt, t.holder, count(m.id)::int as answers
       from chat.turns t left join chat.messages m on m.turn_id = t.id and m.role = 'assistant'
      where t.conversation_id = $1 group by t.id order by t.seq`,
    [conversationId],
  )
