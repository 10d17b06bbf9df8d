import { LunaError, limits, type personality } from '@luna/contracts'
import { type CallHandlers, isUuid, type PersonKey, personOf } from '@luna/service'
import { writeCard } from '../cards/card.ts'
import { sheetOf } from '../cards/sheet.ts'
import { columns, openRow } from '../catalogue/store.ts'
import type { PersonalityContext, PersonalityTx } from '../context.ts'
import { bookPlace } from '../lorebooks/lorebooks.ts'
import { personaPlace } from '../personas/personas.ts'
import { openStory } from '../story/story-body.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

interface Exported {
  id: string
  row: Record<string, unknown>
}

type Read = (
  ctx: PersonalityContext,
  tx: PersonalityTx,
  key: PersonKey,
  personId: string,
  after: string,
) => Promise<Exported[]>

const most = limits.pageRows

/** The kinds of rows in the order in which they are exported. */
const kinds: readonly Read[] = [
  async (ctx, { sql }, _key, personId, after) => {
    const rows = await sql
      .selectFrom('characters')
      .select(columns)
      .where('owner_id', '=', personId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(most)
      .execute()
    const stored = await Promise.all(rows.map(row => openRow(ctx, row)))
    return stored.map(({ id, version, visibility, document: { card, slug } }) => ({
      id,
      row: {
        kind: 'character',
        id,
        slug,
        name: sheetOf(card).name,
        version,
        visibility,
        card: writeCard(card, card.spec),
      },
    }))
  },
  async (_ctx, { sql }, key, _personId, after) => {
    const rows = await sql
      .selectFrom('personas')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(most)
      .execute()
    return rows.map(({ id, body }) => ({
      id,
      row: { kind: 'persona', id, ...(key.openJson(body, personaPlace(id)) as object) },
    }))
  },
  async (_ctx, { sql }, key, _personId, after) => {
    const rows = await sql
      .selectFrom('lorebooks')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(most)
      .execute()
    return rows.map(({ id, scope, target_id, body }) => ({
      id,
      row: { kind: 'lorebook', id, scope, targetId: target_id, book: key.openJson(body, bookPlace(id)) },
    }))
  },
  async (_ctx, { sql }, _key, _personId, after) => {
    const rows = await sql
      .selectFrom('mood_turns')
      .selectAll()
      .where('turn_id', '>', after)
      .orderBy('turn_id')
      .limit(most)
      .execute()
    return rows.map(({ turn_id, person_id: _person, ...row }) => ({
      id: turn_id,
      row: { kind: 'mood', turnId: turn_id, ...row },
    }))
  },
  async (_ctx, { sql }, key, _personId, after) => {
    const rows = await sql
      .selectFrom('conversations')
      .selectAll()
      .where('conversation_id', '>', after)
      .orderBy('conversation_id')
      .limit(most)
      .execute()
    return rows.map(row => ({
      id: row.conversation_id,
      row: {
        kind: 'story',
        conversationId: row.conversation_id,
        ...openStory(key, row.conversation_id, row.story),
        personaId: row.persona_id,
        cast: row.cast_ids,
        order: row.speaker_order,
      },
    }))
  },
  async (_ctx, { sql }, _key, _personId, after) => {
    const rows = await sql
      .selectFrom('character_usage')
      .selectAll()
      .where('character_id', '>', after)
      .orderBy('character_id')
      .limit(most)
      .execute()
    return rows.map(({ character_id, person_id: _person, ...row }) => ({
      id: character_id,
      row: { kind: 'usage', characterId: character_id, ...row },
    }))
  },
]

const nobody = '00000000-0000-0000-0000-000000000000'

/** All that personality holds of the person, kind by kind; the cursor is `<kind>|<last id>`. */
export const exportPage: Handlers['exportPage'] = async ({ cursor }, ctx, { scope }) => {
  const [kindText = '0', after = nobody] = cursor?.split('|') ?? []
  const kind = Number(kindText)
  const read = kinds[kind]
  if (!read || !isUuid(after))
    throw new LunaError(
      'invalid',
      'The cursor is not one of personality’s: pass nextCursor of the page before, unchanged.',
    )
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const found = await ctx.db.transaction(scope, tx => read(ctx, tx, key, personId, after))
  const rows: Exported[] = []
  let bytes = 0
  for (const one of found) {
    bytes += Buffer.byteLength(JSON.stringify(one.row))
    if (rows.length > 0 && bytes > limits.pageBytes) break
    rows.push(one)
  }
  const last = rows.at(-1)
  const more = last && (rows.length < found.length || found.length === most)
  const next = more ? `${kind}|${last.id}` : kind + 1 < kinds.length ? `${kind + 1}|${nobody}` : null
  return { rows: rows.map(({ row }) => row), nextCursor: next }
}
