import {
  bulkResult,
  character,
  characterChanges,
  characterDetail,
  characterSheet,
  facets,
  fieldChange,
  generatedField,
  lorebook,
  lorebookBody,
  moodSnapshot,
  moodState,
  page,
  personality,
  promptPart,
  text,
} from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { byId, given, listQuery, nothing, type Routes } from './route.ts'

const tags = ['Characters']
const visibility = character.shape.visibility

/** JSON of one character at most, in bytes: its sheet goes over the bus, which takes a mebibyte. */
const bodyLimit = 900_000

const newCharacter = z.strictObject({
  ...characterSheet.partial().required({ name: true }).shape,
  visibility: visibility.optional(),
  lorebook: lorebookBody.optional(),
})
const changedCharacter = z.strictObject({
  ...characterChanges.shape,
  visibility: visibility.optional(),
  lorebook: lorebookBody.nullable().optional(),
})

/** A query member that may be given once or several times. */
const several = z.preprocess(
  value => (value === undefined || Array.isArray(value) ? value : [value]),
  z.array(text(64, 1)).max(10).optional(),
)

/** As PostgreSQL's integer holds them. */
const versionNumber = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

export const characterRoutes: Routes = ctx => async app => {
  app.get(
    '/characters',
    {
      schema: {
        tags,
        summary: 'The characters this person may talk to.',
        querystring: z.strictObject(listQuery),
        response: { 200: page(character) },
      },
    },
    async request => ctx.call(personality.calls.listCharacters, given(request.query), callerOf(request)),
  )

  app.get(
    '/characters/search',
    {
      schema: {
        tags,
        summary: 'Characters by words, tags and language, best first, with facets.',
        querystring: z.strictObject({
          ...listQuery,
          q: text(500).optional(),
          tag: several,
          language: z.string().max(35).optional(),
          visibility: visibility.optional(),
          own: z.stringbool().optional(),
        }),
        response: { 200: z.object({ ...page(character).shape, facets, total: z.number().int() }) },
      },
    },
    async request => {
      const { tag, ...query } = request.query
      return ctx.call(personality.calls.searchCharacters, given({ ...query, tags: tag }), callerOf(request))
    },
  )

  app.post(
    '/characters',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'A new character of one’s own.',
        body: newCharacter,
        response: { 201: characterDetail },
      },
    },
    async (request, reply) => {
      const { visibility: shelf, lorebook: book, ...sheet } = request.body
      const input = given({ sheet: given(sheet), visibility: shelf, lorebook: book })
      const made = await ctx.call(personality.calls.createCharacter, input, callerOf(request))
      return reply.code(201).header('location', `/api/v1/characters/${made.id}`).send(tagged(reply, made))
    },
  )

  app.post(
    '/characters/bulk',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'Creates, changes and deletes many characters; each row has its own outcome.',
        body: z.strictObject({
          create: z.array(newCharacter).max(100).optional(),
          update: z
            .array(z.strictObject({ id: z.uuid(), ...characterChanges.shape, ifVersion: versionNumber.optional() }))
            .max(100)
            .optional(),
          delete: z.array(z.uuid()).max(100).optional(),
        }),
        response: {
          200: z.object({ create: z.array(bulkResult), update: z.array(bulkResult), delete: z.array(bulkResult) }),
        },
      },
    },
    async request => {
      const create = request.body.create?.map(({ visibility: shelf, lorebook: book, ...sheet }) =>
        given({ sheet: given(sheet), visibility: shelf, lorebook: book }),
      )
      const update = request.body.update?.map(({ id, ifVersion, ...changes }) =>
        given({ id, ifVersion, changes: given(changes) }),
      )
      const input = given({ create, update, delete: request.body.delete })
      return ctx.call(personality.calls.bulkCharacters, input, callerOf(request))
    },
  )

  app.get(
    '/characters/:id',
    { schema: { tags, summary: 'One character, with its sheet.', params: byId, response: { 200: characterDetail } } },
    async (request, reply) =>
      tagged(reply, await ctx.call(personality.calls.getCharacter, { id: request.params.id }, callerOf(request))),
  )

  app.patch(
    '/characters/:id',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'Changes fields of a character of one’s own; each change is a version.',
        params: byId,
        body: changedCharacter,
        response: { 200: characterDetail },
      },
    },
    async (request, reply) => {
      const { visibility: shelf, lorebook: book, ...changes } = request.body
      const input = given({
        characterId: request.params.id,
        changes: given(changes),
        visibility: shelf,
        lorebook: book,
        ifVersion: ifVersionOf(request),
      })
      return tagged(reply, await ctx.call(personality.calls.updateCharacter, input, callerOf(request)))
    },
  )

  app.delete(
    '/characters/:id',
    {
      schema: {
        tags,
        summary: 'Deletes a character of one’s own with its versions and files.',
        params: byId,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const input = given({ characterId: request.params.id, ifVersion: ifVersionOf(request) })
      await ctx.call(personality.calls.deleteCharacter, input, callerOf(request))
      return reply.code(204).send()
    },
  )

  app.get(
    '/characters/:id/versions',
    {
      schema: {
        tags,
        summary: 'The versions of a character of one’s own, newest first.',
        params: byId,
        querystring: z.strictObject(listQuery),
        response: { 200: personality.calls.listVersions.output },
      },
    },
    async request =>
      ctx.call(
        personality.calls.listVersions,
        given({ characterId: request.params.id, ...request.query }),
        callerOf(request),
      ),
  )

  app.get(
    '/characters/:id/versions/diff',
    {
      schema: {
        tags,
        summary: 'What differs between two versions, field by field.',
        params: byId,
        querystring: z.strictObject({ from: versionNumber, to: versionNumber }),
        response: { 200: z.object({ changes: z.array(fieldChange) }) },
      },
    },
    async request =>
      ctx.call(personality.calls.diffVersions, { characterId: request.params.id, ...request.query }, callerOf(request)),
  )

  app.post(
    '/characters/:id/versions/:version/restore',
    {
      schema: {
        tags,
        summary: 'Makes an old version the newest one.',
        params: byId.extend({ version: versionNumber }),
        response: { 200: characterDetail },
      },
    },
    async (request, reply) => {
      const { id, version } = request.params
      const input = given({ characterId: id, version, ifVersion: ifVersionOf(request) })
      return tagged(reply, await ctx.call(personality.calls.restoreVersion, input, callerOf(request)))
    },
  )

  app.post(
    '/characters/:id/fields/:field/regenerate',
    {
      schema: {
        tags,
        summary: 'Makes one field anew from all the others; nothing is stored.',
        params: byId.extend({ field: generatedField }),
        body: z.strictObject({ hint: text(1_000).optional(), seed: z.number().int().optional() }).nullish(),
        response: { 200: personality.calls.regenerateField.output },
      },
    },
    async request => {
      const { id, field } = request.params
      return ctx.call(
        personality.calls.regenerateField,
        given({ characterId: id, field, ...request.body }),
        callerOf(request),
      )
    },
  )

  app.get(
    '/characters/:id/prompt',
    {
      schema: {
        tags,
        summary: 'The prompt as it would be now, part by part, with what a budget of tokens would cut.',
        params: byId,
        querystring: z.strictObject({
          conversationId: z.uuid().optional(),
          budget: z.coerce.number().int().min(0).max(1_000_000).optional(),
        }),
        response: { 200: personality.calls.prompt.output.extend({ parts: z.array(promptPart) }) },
      },
    },
    async request =>
      ctx.call(
        personality.calls.prompt,
        given({ characterId: request.params.id, ...request.query }),
        callerOf(request),
      ),
  )

  app.get(
    '/characters/:id/usage',
    {
      schema: {
        tags,
        summary: 'How the character is used: for its owner by everybody, for others by themselves.',
        params: byId,
        response: { 200: personality.calls.characterUsage.output },
      },
    },
    async request => ctx.call(personality.calls.characterUsage, { characterId: request.params.id }, callerOf(request)),
  )

  app.put(
    '/characters/:id/rating',
    {
      schema: {
        tags,
        summary: 'This person’s rating of a character.',
        params: byId,
        body: z.strictObject({ stars: z.number().int().min(1).max(5) }),
        response: { 200: z.object({ stars: z.number().int() }) },
      },
    },
    async request =>
      ctx.call(
        personality.calls.rateCharacter,
        { characterId: request.params.id, stars: request.body.stars },
        callerOf(request),
      ),
  )

  app.get(
    '/characters/:id/mood',
    {
      schema: {
        tags,
        summary: 'The mood of a character towards this person.',
        params: byId,
        response: { 200: moodState },
      },
    },
    async request => ctx.call(personality.calls.getMood, { characterId: request.params.id }, callerOf(request)),
  )

  app.get(
    '/characters/:id/mood/history',
    {
      schema: {
        tags,
        summary: 'The moods after each turn, newest first.',
        params: byId,
        querystring: z.strictObject(listQuery),
        response: { 200: page(moodSnapshot) },
      },
    },
    async request =>
      ctx.call(
        personality.calls.moodHistory,
        given({ characterId: request.params.id, ...request.query }),
        callerOf(request),
      ),
  )

  app.patch(
    '/characters/:id/mood',
    {
      schema: {
        tags,
        summary: 'Switches moods on or off; `forget` clears their history.',
        params: byId,
        body: z.strictObject({ enabled: z.boolean().optional(), forget: z.boolean().optional() }),
        response: { 200: moodState },
      },
    },
    async request =>
      ctx.call(
        personality.calls.setMood,
        given({ characterId: request.params.id, ...request.body }),
        callerOf(request),
      ),
  )

  app.get(
    '/characters/:id/lorebook',
    {
      schema: {
        tags,
        summary: 'The entries of the lorebook in a character’s card, as they came.',
        params: byId,
        querystring: z.strictObject(listQuery),
        response: { 200: page(z.record(z.string(), z.unknown())) },
      },
    },
    async request =>
      ctx.call(
        personality.calls.readLorebook,
        given({ characterId: request.params.id, ...request.query }),
        callerOf(request),
      ),
  )

  app.get(
    '/lorebooks',
    {
      schema: {
        tags,
        summary: 'The lorebooks of this person that belong to no card.',
        querystring: z.strictObject({ targetId: z.uuid().optional() }),
        response: { 200: z.object({ items: z.array(lorebook) }) },
      },
    },
    async request => ctx.call(personality.calls.listLorebooks, given(request.query), callerOf(request)),
  )

  app.get(
    '/lorebooks/:id/entries',
    {
      schema: {
        tags,
        summary: 'The entries of a lorebook, as they came.',
        params: byId,
        querystring: z.strictObject(listQuery),
        response: { 200: page(z.record(z.string(), z.unknown())) },
      },
    },
    async request =>
      ctx.call(
        personality.calls.readLorebook,
        given({ lorebookId: request.params.id, ...request.query }),
        callerOf(request),
      ),
  )

  const bookBody = z.strictObject({
    scope: lorebook.shape.scope,
    targetId: z.uuid().nullable().optional(),
    body: lorebookBody,
  })

  app.post(
    '/lorebooks',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'A new lorebook for the person, a character or a conversation.',
        body: bookBody,
        response: { 201: lorebook },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await ctx.call(personality.calls.putLorebook, given(request.body), callerOf(request))),
  )

  app.put(
    '/lorebooks/:id',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'Another content for a lorebook.',
        params: byId,
        body: bookBody,
        response: { 200: lorebook },
      },
    },
    async (request, reply) => {
      const input = given({ id: request.params.id, ...request.body, ifVersion: ifVersionOf(request) })
      return tagged(reply, await ctx.call(personality.calls.putLorebook, input, callerOf(request)))
    },
  )

  app.delete(
    '/lorebooks/:id',
    { schema: { tags, summary: 'Deletes a lorebook.', params: byId, response: { 204: nothing } } },
    async (request, reply) => {
      await ctx.call(personality.calls.deleteLorebook, { id: request.params.id }, callerOf(request))
      return reply.code(204).send()
    },
  )
}
