import { type CallInput, type CallOutput, LunaError, limits, type memory } from '@luna/contracts'
import { type CallRequest, isUuid, person, personOf } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import { textPlace } from '../follow/episode.ts'

type Definition = typeof memory.calls.exportPage

const firstCursor = '00000000-0000-0000-0000-000000000000'

/** All that memory holds of the person, in the order of message ids; the cursor is the last id. */
export async function exportPage(
  { cursor = firstCursor }: CallInput<Definition>,
  ctx: MemoryContext,
  request: CallRequest,
): Promise<CallOutput<Definition>> {
  if (!isUuid(cursor))
    throw new LunaError('invalid', 'The cursor is not one of memory’s: pass nextCursor of the page before, unchanged.')
  const personId = personOf(request.scope)
  const key = await ctx.keys.of(personId)
  const episodes = await ctx.db.transaction(person(personId), ({ sql }) =>
    sql
      .selectFrom('episodes')
      .selectAll()
      .where('person_id', '=', personId)
      .where('message_id', '>', cursor)
      .orderBy('message_id')
      .limit(limits.pageRows + 1)
      .execute(),
  )
  const rows: Record<string, unknown>[] = []
  let bytes = 0
  for (const episode of episodes.slice(0, limits.pageRows)) {
    const row = {
      kind: 'episode',
      messageId: episode.message_id,
      conversationId: episode.conversation_id,
      parentId: episode.parent_id,
      turnId: episode.turn_id,
      characterId: episode.character_id,
      speaker: episode.speaker,
      saidAt: episode.said_at.toISOString(),
      active: episode.active,
      text: key.open(episode.text, textPlace(episode.message_id)),
    }
    bytes += Buffer.byteLength(JSON.stringify(row))
    if (rows.length > 0 && bytes > limits.pageBytes) break
    rows.push(row)
  }
  const last = rows.at(-1)
  return { rows, nextCursor: last && rows.length < episodes.length ? String(last['messageId']) : null }
}
