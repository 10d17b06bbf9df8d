import { createHash } from 'node:crypto'
import { chat, LunaError, type Payload } from '@luna/contracts'
import { person, type Scope, system } from '@luna/service'
import { sql } from 'kysely'
import { findPrepared } from '../compose/composed.ts'
import type { PreparedCharacter } from '../compose/prepare.ts'
import type { PersonalityContext, PersonalityDelivery, PersonalityTx } from '../context.ts'
import { loadRegex } from '../lore/regex.ts'
import { impressionOf, loadSentiment } from '../mood/impression.ts'
import { addTurn } from '../mood/mood-store.ts'
import { progress } from '../story/progress.ts'
import { nextSpeaker } from '../story/speakers.ts'
import { speakInstruction } from '../story/story.ts'
import { openStory, sealStory } from '../story/story-body.ts'

type Ended = Payload<typeof chat.events.turnEnded>

/** After a turn: the mood moves, the story goes on, the turn is counted, and another character may be next to speak. */
export async function followTurn(ended: Ended, ctx: PersonalityContext, delivery: PersonalityDelivery): Promise<void> {
  const scope = person(ended.personId)
  const characterId = ended.characterId ?? ctx.starters.standardId
  const character = await preparedOrNull(ctx, scope, characterId)
  const said = await textsOf(ctx, scope, ended.turnId)
  await delivery.once(scope, async tx => {
    if (!character || !said) return
    if (!ended.private) {
      await countTurn(tx, ended, characterId)
      await moveMood(ctx, tx, ended, { at: delivery.at, said, character })
    }
    await moveOn(ctx, tx, scope, ended, { said, character })
  })
  await letSpeak(ctx, scope, ended)
}

async function preparedOrNull(ctx: PersonalityContext, scope: Scope, id: string): Promise<PreparedCharacter | null> {
  const row = await ctx.db
    .transaction(scope, tx => tx.sql.selectFrom('characters').select('version').where('id', '=', id).executeTakeFirst())
    .catch(onlyGone)
  return findPrepared(ctx, scope, id, row?.version ?? null).catch(onlyGone)
}

/** Nothing to follow: the character, the turn, or the person is gone. */
const onlyGone = (error: unknown): null => {
  if (LunaError.from(error).code === 'not-found') return null
  throw error
}

/** What was said in the turn; null when it is gone. */
async function textsOf(ctx: PersonalityContext, scope: Scope, turnId: string) {
  const turn = await ctx.call(chat.calls.turnTexts, { turnId }, { scope }).catch(onlyGone)
  if (!turn) return null
  const of = (role: 'user' | 'assistant'): string =>
    turn.messages
      .filter(message => message.role === role)
      .map(({ text }) => text)
      .join('\n')
  return { person: of('user'), character: of('assistant') }
}

async function countTurn(tx: PersonalityTx, ended: Ended, characterId: string): Promise<void> {
  const counted = { turns: 1, tokens: ended.usage?.totalTokens ?? 0, milliseconds: ended.durationMs }
  await tx.sql
    .insertInto('character_usage')
    .values({ character_id: characterId, person_id: ended.personId, ...counted, stars: null })
    .onConflict(conflict =>
      conflict.columns(['character_id', 'person_id']).doUpdateSet(eb => ({
        turns: eb('character_usage.turns', '+', counted.turns),
        tokens: eb('character_usage.tokens', '+', counted.tokens),
        milliseconds: eb('character_usage.milliseconds', '+', counted.milliseconds),
      })),
    )
    .execute()
}

interface Turn {
  said: { person: string; character: string }
  character: PreparedCharacter
}

async function moveMood(
  ctx: PersonalityContext,
  tx: PersonalityTx,
  { personId, conversationId, turnId }: Ended,
  { at, said, character }: Turn & { at: Date },
): Promise<void> {
  const settings = await tx.sql
    .selectFrom('moods')
    .select('enabled')
    .where('person_id', '=', personId)
    .where('character_id', '=', character.id)
    .executeTakeFirst()
  if (settings?.enabled === false) return
  const impression = impressionOf(await loadSentiment(), said, { turnId, at: at.getTime() })
  const baseline = { point: character.sheet.mood, skills: character.sheet.skills }
  const of = { personId, characterId: character.id, conversationId }
  await addTurn(tx, of, impression, baseline)
  tx.afterCommit(() => ctx.changed(personId, 'mood', character.id, 1))
}

/** Scenes, the count of turns, and who has spoken; the next speaker is written down before it is asked to speak. */
async function moveOn(
  ctx: PersonalityContext,
  tx: PersonalityTx,
  scope: Scope,
  ended: Ended,
  { said, character }: Turn,
): Promise<void> {
  const { personId, conversationId, turnId } = ended
  const row = await tx.sql
    .insertInto('conversations')
    .values({ person_id: personId, conversation_id: conversationId, turns: 1 })
    .onConflict(conflict =>
      conflict
        .columns(['person_id', 'conversation_id'])
        .doUpdateSet(eb => ({ turns: eb('conversations.turns', '+', 1) })),
    )
    .returning(['story', 'cast_ids', 'speaker_order', 'spoken'])
    .executeTakeFirstOrThrow()
  const { scenes, endings } = character.sheet
  if (scenes.length + endings.length > 0) {
    const key = await ctx.keys.of(personId)
    const before = openStory(key, conversationId, row.story)
    const after = progress(before, character.sheet, `${said.person}\n${said.character}`, await loadRegex())
    if (after !== before)
      await tx.sql
        .updateTable('conversations')
        .set(eb => ({ story: sealStory(key, conversationId, after), version: eb('version', '+', 1) }))
        .where('conversation_id', '=', conversationId)
        .execute()
  }
  if (row.cast_ids.length < 2 || ended.outcome === 'cancelled') return
  const spoken = [...new Set([...(ended.userMessageId === null ? row.spoken : []), character.id])]
  const cast = await Promise.all(row.cast_ids.map(id => preparedOrNull(ctx, scope, id)))
  const speakers = cast.flatMap(one => (one ? [{ id: one.id, names: [one.sheet.name, one.sheet.nickname] }] : []))
  const heard = ended.userMessageId === null ? said.character : `${said.person}\n${said.character}`
  const next = nextSpeaker(row.speaker_order, speakers, spoken, heard)
  await tx.sql
    .updateTable('conversations')
    .set({ spoken, next_speaker: next, next_after: next ? turnId : null })
    .where('conversation_id', '=', conversationId)
    .execute()
}

/** Asks chat for the next speaker's turn. Its id follows from this turn, so that asking twice is one turn. */
async function letSpeak(
  ctx: PersonalityContext,
  scope: Scope,
  { personId, conversationId, turnId }: Ended,
): Promise<void> {
  const row = await ctx.db
    .transaction(scope, tx =>
      tx.sql
        .selectFrom('conversations')
        .select('next_speaker')
        .where('conversation_id', '=', conversationId)
        .where('next_after', '=', turnId)
        .executeTakeFirst(),
    )
    .catch(onlyGone)
  if (!row?.next_speaker) return
  const characterId = row.next_speaker
  const character = await preparedOrNull(ctx, scope, characterId)
  if (character) {
    const instruction = speakInstruction(character.sheet.name)
    const id = turnIdFrom(turnId, characterId)
    await ctx
      .call(chat.calls.beginTurn, { id, personId, conversationId, characterId, instruction }, { scope: system })
      .catch(onlyGone)
  }
  await ctx.db.transaction(scope, tx =>
    tx.sql
      .updateTable('conversations')
      .set({ next_speaker: sql`null`, next_after: sql`null` })
      .where('conversation_id', '=', conversationId)
      .where('next_after', '=', turnId)
      .execute(),
  )
}

/** A UUIDv8 (RFC 9562, section 5.8) of a turn and the one who speaks after it. */
function turnIdFrom(turnId: string, characterId: string): string {
  const digits = createHash('sha256').update(`${turnId} ${characterId}`).digest('hex').slice(0, 32).split('')
  digits[12] = '8'
  digits[16] = '8'
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
