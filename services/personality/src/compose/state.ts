import type { MoodPoint, Skills } from '@luna/contracts'
import { personOf, type Scope } from '@luna/service'
import { sql } from 'kysely'
import type { Json } from '../cards/card.ts'
import type { PersonalityContext } from '../context.ts'
import type { LoreState } from '../lore/activate.ts'
import { bookPlace } from '../lorebooks/lorebooks.ts'
import { type PersonaBody, personaPlace } from '../personas/personas.ts'
import { openStory, type StoryBody } from '../story/story-body.ts'
import { type PreparedBook, prepareBook } from './prepare.ts'

/** What of a person goes into a prompt; everything absent where nothing was ever set. */
export interface ComposeState {
  /** Of a character that is stored; null when the scope may not see it. */
  readonly version: number | null
  readonly persona: PersonaBody | null
  readonly mood: { point: MoodPoint; skills: Skills; at: Date } | null
  readonly moodEnabled: boolean
  readonly turns: number
  readonly greeting: number
  readonly cast: readonly string[]
  readonly story: StoryBody
  readonly lore: LoreState
  readonly books: readonly PreparedBook[]
}

interface Row {
  version: number | null
  persona: { id: string; body: Buffer } | null
  mood: { valence: number; arousal: number; empathy: number; humour: number; patience: number; at: string } | null
  mood_off: boolean
  conversation: {
    turns: number
    persona_id: string | null
    greeting: number
    cast_ids: string[]
    lore: LoreState
  } | null
  story: Buffer | null
  persona_id: string | null
  persona_body: Buffer | null
  books: { id: string; version: number }[] | null
}

/** All in one statement: compose stands in the way of every turn. */
export async function loadState(
  ctx: PersonalityContext,
  scope: Scope,
  characterId: string,
  conversationId: string | null,
): Promise<ComposeState> {
  const personId = personOf(scope)
  const [state, bodies] = await ctx.db.transaction(scope, async tx => {
    const { rows } = await sql<Row>`
      select
        (select version from characters where id = ${characterId}) as version,
        (select row_to_json(m) from (select valence, arousal, empathy, humour, patience, at from mood_turns
          where person_id = ${personId} and character_id = ${characterId} order by at desc, turn_id desc limit 1) m) as mood,
        exists (select 1 from moods where person_id = ${personId} and character_id = ${characterId} and not enabled) as mood_off,
        row_to_json((select r from (select c.turns, c.persona_id, c.greeting, c.cast_ids, c.lore where c.person_id is not null) r)) as conversation,
        c.story, p.id as persona_id, p.body as persona_body,
        (select json_agg(b) from (select id, version from lorebooks where person_id = ${personId}
          and (scope = 'person' or target_id in (${characterId}, ${conversationId})) order by id limit 50) b) as books
      from (select 1) one
      left join conversations c on c.person_id = ${personId} and c.conversation_id = ${conversationId}
      left join personas p on p.person_id = ${personId} and (p.id = c.persona_id or (c.persona_id is null and p.is_default))`.execute(
      tx.sql,
    )
    const row = rows[0]
    const wanted = (row?.books ?? []).filter(({ id, version }) => !ctx.books.has(`${id}:${version}`))
    const loaded =
      wanted.length === 0
        ? []
        : await tx.sql
            .selectFrom('lorebooks')
            .select(['id', 'version', 'body'])
            .where(
              'id',
              'in',
              wanted.map(({ id }) => id),
            )
            .execute()
    return [row, loaded] as const
  })
  const sealed = state?.persona_body || state?.story || bodies.length > 0
  const key = sealed ? await ctx.keys.of(personId) : null
  if (key)
    for (const { id, version, body } of bodies)
      ctx.books.set(`${id}:${version}`, await prepareBook(key.openJson(body, bookPlace(id)) as Json, `${id}.`))
  const mood = state?.mood
  return {
    version: state?.version ?? null,
    persona:
      key && state?.persona_body && state.persona_id
        ? (key.openJson(state.persona_body, personaPlace(state.persona_id)) as PersonaBody)
        : null,
    mood: mood
      ? {
          point: { valence: mood.valence, arousal: mood.arousal },
          skills: { empathy: mood.empathy, humour: mood.humour, patience: mood.patience },
          at: new Date(mood.at),
        }
      : null,
    moodEnabled: state?.mood_off !== true,
    turns: state?.conversation?.turns ?? 0,
    greeting: state?.conversation?.greeting ?? 0,
    cast: state?.conversation?.cast_ids ?? [],
    story: openStory(key, conversationId, state?.story ?? null),
    lore: state?.conversation?.lore ?? {},
    books: (state?.books ?? []).flatMap(({ id, version }) => ctx.books.get(`${id}:${version}`) ?? []),
  }
}
