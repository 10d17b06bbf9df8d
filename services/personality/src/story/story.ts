import { chat, LunaError, type personality, type Story } from '@luna/contracts'
import { type CallHandlers, personOf, system } from '@luna/service'
import { loadCharacter } from '../catalogue/store.ts'
import { findPrepared } from '../compose/composed.ts'
import type { PersonalityContext } from '../context.ts'
import { openStory, sealStory } from './story-body.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

interface Row {
  conversation_id: string
  persona_id: string | null
  greeting: number
  cast_ids: string[]
  speaker_order: Story['order']
  story: Buffer | null
  version: number
}

const unset = (conversationId: string): Row => ({
  conversation_id: conversationId,
  persona_id: null,
  greeting: 0,
  cast_ids: [],
  speaker_order: 'natural',
  story: null,
  version: 0,
})

export const getStory: Handlers['getStory'] = async ({ conversationId }, ctx, { scope, requestId }) => {
  const key = await ctx.keys.of(personOf(scope))
  await ctx.call(chat.calls.getConversation, { conversationId }, { scope, requestId })
  const row = await ctx.db.transaction(scope, ({ sql }) =>
    sql.selectFrom('conversations').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst(),
  )
  const story = row ?? unset(conversationId)
  return toStory(story, openStory(key, conversationId, story.story))
}

const toStory = (row: Row, body: ReturnType<typeof openStory>): Story => ({
  conversationId: row.conversation_id,
  personaId: row.persona_id,
  greeting: row.greeting,
  ...body,
  cast: row.cast_ids,
  order: row.speaker_order,
  version: row.version,
})

export const updateStory: Handlers['updateStory'] = async (input, ctx, { scope, requestId }) => {
  const personId = personOf(scope)
  const { conversationId } = input
  await ctx.call(chat.calls.getConversation, { conversationId }, { scope, requestId })
  for (const id of input.cast ?? []) await loadCharacter(ctx, scope, id)
  const key = await ctx.keys.of(personId)
  return ctx.db.transaction(scope, async ({ sql }) => {
    await sql
      .insertInto('conversations')
      .values({ person_id: personId, conversation_id: conversationId, version: 0 })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    const stored = await sql
      .selectFrom('conversations')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (input.ifVersion !== undefined && input.ifVersion !== stored.version)
      throw new LunaError('stale', `The story is at version ${stored.version} now. Look at it again, then change it.`)
    if (input.personaId) {
      const there = await sql.selectFrom('personas').select('id').where('id', '=', input.personaId).executeTakeFirst()
      if (!there) throw new LunaError('not-found', 'There is no such persona.')
    }
    const before = openStory(key, conversationId, stored.story)
    const body = {
      sceneId: input.sceneId === undefined ? before.sceneId : input.sceneId,
      endingId: input.endingId === undefined ? before.endingId : input.endingId,
      reached: [...before.reached],
    }
    for (const id of [body.sceneId, body.endingId]) if (id !== null && !body.reached.includes(id)) body.reached.push(id)
    const row = await sql
      .updateTable('conversations')
      .set({
        persona_id: input.personaId === undefined ? stored.persona_id : input.personaId,
        greeting: input.greeting ?? stored.greeting,
        cast_ids: input.cast ? [...new Set(input.cast)] : stored.cast_ids,
        speaker_order: input.order ?? stored.speaker_order,
        story: sealStory(key, conversationId, body),
        version: stored.version + 1,
      })
      .where('conversation_id', '=', conversationId)
      .returningAll()
      .executeTakeFirstOrThrow()
    return toStory(row, body)
  })
}

/** What a character that speaks without being written to is told. */
export const speakInstruction = (name: string): string =>
  `It is ${name}’s turn to speak. Answer as ${name}, in ${name}’s own voice, to what was said last; other characters may have spoken above. Keep it short, leave room for the others, and write nobody else’s lines.`

/** Lets a character of the cast speak now; the same id is one turn. */
export const speak: Handlers['speak'] = async ({ id, conversationId, characterId }, ctx, { scope, requestId }) => {
  const personId = personOf(scope)
  await ctx.call(chat.calls.getConversation, { conversationId }, { scope, requestId })
  const { version } = await loadCharacter(ctx, scope, characterId)
  const { sheet } = await findPrepared(ctx, scope, characterId, version)
  return ctx.call(
    chat.calls.beginTurn,
    { id, personId, conversationId, characterId, instruction: speakInstruction(sheet.name) },
    { scope: system, requestId },
  )
}
