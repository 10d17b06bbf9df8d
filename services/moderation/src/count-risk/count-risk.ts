import type { chat, Payload, RiskLevel } from '@luna/contracts'
import type { Heard } from '@luna/service'
import type { ModerationTx } from '../context.ts'

/** Counts turns under their day and the risk that was seen in them; whose turns they were is not kept. */
export async function countRisk(
  heard: readonly Heard<Payload<typeof chat.events.turnEnded>>[],
  { sql, send }: ModerationTx,
): Promise<void> {
  send(
    sql
      .insertInto('risk_counts')
      .values(countsOf(heard))
      .onConflict(conflict =>
        conflict
          .columns(['day', 'risk'])
          .doUpdateSet(eb => ({ turns: eb('risk_counts.turns', '+', eb.ref('excluded.turns')) })),
      ),
  )
}

/** In one order, so that two processes which count at once never wait for each other. */
function countsOf(heard: readonly Heard<Payload<typeof chat.events.turnEnded>>[]) {
  const counts = new Map<string, { day: string; risk: RiskLevel; turns: number }>()
  for (const { at, payload } of heard) {
    const day = at.toISOString().slice(0, 10)
    const place = `${day} ${payload.risk}`
    counts.set(place, { day, risk: payload.risk, turns: (counts.get(place)?.turns ?? 0) + 1 })
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
}
