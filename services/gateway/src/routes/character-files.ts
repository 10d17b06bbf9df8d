import { Readable } from 'node:stream'
import {
  cardFormat,
  cardSpec,
  characterDetail,
  fileLimits,
  generation,
  generationForm,
  LunaError,
  personality,
  uuid,
} from '@luna/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { GatewayContext } from '../context.ts'
import { sendFile } from '../http/json-lines.ts'
import { callerOf, principalOf } from '../http/signed-in.ts'
import { tagged } from '../http/versions.ts'
import { requireRoom } from '../limits/require.ts'
import { SseStream } from '../sse/sse-stream.ts'
import { byId, given, type Routes } from './route.ts'

const tags = ['Characters']

interface Brought {
  uploadId: string
  pieces: number
  name: string
}

/** Hands a file on piece by piece as it arrives; the bus takes no more at once. */
async function bring(ctx: GatewayContext, request: FastifyRequest): Promise<Brought> {
  const file = await request.file()
  if (!file)
    throw new LunaError(
      'invalid',
      'There is no file in the request: send it as multipart/form-data, in the field `file`.',
    )
  const caller = callerOf(request)
  const uploadId = ctx.random.id()
  let pieces = 0
  const put = async (bytes: Buffer): Promise<void> => {
    await ctx.call(personality.calls.putPiece, { uploadId, index: pieces, data: bytes.toString('base64') }, caller)
    pieces += 1
  }
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of file.file as AsyncIterable<Buffer>) {
    held.push(chunk)
    size += chunk.length
    while (size >= fileLimits.pieceBytes) {
      const all = Buffer.concat(held)
      await put(all.subarray(0, fileLimits.pieceBytes))
      held = [all.subarray(fileLimits.pieceBytes)]
      size = held[0]?.length ?? 0
    }
  }
  if (file.file.truncated)
    throw new LunaError(
      'too-large',
      `The file is larger than ${fileLimits.cardBytes} bytes. Make its picture smaller.`,
      {
        details: { limit: fileLimits.cardBytes },
      },
    )
  if (size > 0) await put(Buffer.concat(held))
  if (pieces === 0) throw new LunaError('invalid', 'The file is empty.')
  return { uploadId, pieces, name: (file.filename || 'card').slice(0, 300) }
}

/** Reads a written file piece by piece. */
async function* piecesOf(ctx: GatewayContext, request: FastifyRequest, fileId: string): AsyncGenerator<Buffer> {
  const caller = callerOf(request)
  for (let offset = 0; ; ) {
    const { data, end } = await ctx.call(personality.calls.readFile, { fileId, offset }, caller)
    const bytes = Buffer.from(data, 'base64')
    offset += bytes.length
    yield bytes
    if (end) return
  }
}

/** Milliseconds until a generation that says nothing more is looked up. */
const silenceMs = 5_000

export const characterFileRoutes: Routes = ctx => async app => {
  const { default: multipart } = await import('@fastify/multipart')
  await app.register(multipart, {
    limits: { files: 1, fields: 4, fieldSize: 1_000, fileSize: fileLimits.cardBytes, parts: 6 },
  })

  app.post(
    '/characters/import',
    {
      schema: {
        tags,
        summary: 'Makes characters of a card (PNG, APNG, JSON, CHARX) or a lorebook, sent as multipart field `file`.',
        consumes: ['multipart/form-data'],
        response: { 201: personality.calls.importCharacters.output },
      },
    },
    async (request, reply) => {
      await requireRoom(ctx.limits, 'messages', `import:${principalOf(request).personId}`)
      const brought = await bring(ctx, request)
      return reply.code(201).send(await ctx.call(personality.calls.importCharacters, brought, callerOf(request)))
    },
  )

  app.get(
    '/characters/:id/export',
    {
      schema: {
        tags,
        summary: 'A character card for other tools; `original` gives the very file that was imported.',
        params: byId,
        querystring: z.strictObject({
          format: cardFormat.default('png'),
          spec: cardSpec.optional(),
          original: z.stringbool().optional(),
        }),
      },
    },
    async (request, reply) => {
      const input = given({ characterId: request.params.id, ...request.query })
      const file = await ctx.call(personality.calls.exportCharacter, input, callerOf(request))
      return sendFile(reply, file.name, file.type, Readable.from(piecesOf(ctx, request, file.fileId)))
    },
  )

  app.get(
    '/lorebooks/:id/export',
    { schema: { tags, summary: 'A lorebook as the file it came as.', params: byId } },
    async (request, reply) => {
      const file = await ctx.call(personality.calls.exportLorebook, { id: request.params.id }, callerOf(request))
      return sendFile(reply, file.name, file.type, Readable.from(piecesOf(ctx, request, file.fileId)))
    },
  )

  app.get(
    '/characters/:id/avatar',
    {
      schema: {
        tags,
        summary: 'The picture of a character, re-encoded.',
        params: byId,
        querystring: z.object({ v: z.string().optional() }),
      },
    },
    async (request, reply) => {
      const { data, type, version } = await ctx.call(
        personality.calls.readAvatar,
        { characterId: request.params.id },
        callerOf(request),
      )
      const tag = `"${version.slice(0, 32)}"`
      reply.header('cache-control', 'private, max-age=86400').header('etag', tag)
      if (request.headers['if-none-match'] === tag) return reply.code(304).send()
      return reply.type(type).send(Buffer.from(data, 'base64'))
    },
  )

  app.put(
    '/characters/:id/avatar',
    {
      schema: {
        tags,
        summary: 'Gives a character a picture, sent as multipart field `file`.',
        params: byId,
        consumes: ['multipart/form-data'],
        response: { 200: characterDetail },
      },
    },
    async (request, reply) => {
      const { uploadId, pieces } = await bring(ctx, request)
      const input = { characterId: request.params.id, uploadId, pieces }
      return tagged(reply, await ctx.call(personality.calls.setAvatar, input, callerOf(request)))
    },
  )

  app.post(
    '/characters/generate',
    {
      config: { ownIdempotency: true },
      schema: {
        tags,
        summary:
          'Begins to make a character of a few words or a form: 202 and an id to look up; with `Accept: text/event-stream` its progress follows.',
        body: z.strictObject({
          ...generationForm.shape,
          visibility: z.enum(['private', 'workspace', 'public']).optional(),
        }),
        response: { 202: generation },
      },
    },
    async (request, reply) => {
      await requireRoom(ctx.limits, 'completions', principalOf(request).personId)
      const begun = await ctx.call(personality.calls.generate, given(request.body), callerOf(request))
      if (!request.headers.accept?.includes('text/event-stream'))
        return reply.code(202).header('location', `/api/v1/characters/generations/${begun.id}`).send(begun)
      await follow(ctx, request, new SseStream(reply, () => undefined), begun.id)
      return reply
    },
  )

  app.get(
    '/characters/generations/:id',
    {
      schema: {
        tags,
        summary: 'How far a generation is.',
        params: z.object({ id: uuid }),
        response: { 200: generation },
      },
    },
    async request => ctx.call(personality.calls.getGeneration, { id: request.params.id }, callerOf(request)),
  )
}

/** Sends each state of a generation as an event, to its end: as the feed tells it, and by looking where the feed is silent. */
async function follow(ctx: GatewayContext, request: FastifyRequest, stream: SseStream, id: string): Promise<void> {
  const look = () => ctx.call(personality.calls.getGeneration, { id }, callerOf(request))
  let wake: () => void = () => undefined
  let heard = await look()
  let told = ''
  const watching = await ctx.watch(personality.feeds.generationFrames, id, frame => {
    heard = frame
    wake()
  })
  try {
    heard = await look()
    for (;;) {
      const line = JSON.stringify(heard)
      if (line !== told) stream.event(line)
      told = line
      if (heard.state !== 'running' || stream.closed) return
      const isQuiet = await new Promise<boolean>(resolve => {
        const timer = setTimeout(() => resolve(true), silenceMs)
        wake = () => {
          clearTimeout(timer)
          resolve(false)
        }
        if (JSON.stringify(heard) !== told) wake()
      })
      if (isQuiet) heard = await look()
    }
  } finally {
    await watching.stop()
    stream.end()
  }
}
