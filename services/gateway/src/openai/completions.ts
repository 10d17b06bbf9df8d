import { LunaError } from '@luna/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { principalOf } from '../http/signed-in.ts'
import { requireRoom } from '../limits/require.ts'
import { SseStream } from '../sse/sse-stream.ts'
import { type Look, lookAt } from '../submit/look.ts'
import { publishAndSettle } from '../submit/submit-message.ts'
import type { AnswerHead } from './chunks.ts'
import { runEphemeral } from './ephemeral-run.ts'
import { badParameter } from './errors.ts'
import { runKept } from './kept-run.ts'
import type { CompletionListener } from './listener.ts'
import { characterOf } from './model-name.ts'
import { type CompletionRequest, completionRequest, lastUserText, toMessages, toSettings } from './request.ts'
import { StreamedAnswer } from './streamed-answer.ts'
import { WholeAnswer } from './whole-answer.ts'
import { withCard } from './with-card.ts'

/** Milliseconds to wait until a message of a kept conversation is accepted. */
const acceptMs = 10_000
/** Long histories, but below what one message on the bus may hold. */
const bodyLimit = 900 * 1024

export function completionRoutes(app: FastifyInstance, ctx: GatewayContext): void {
  app.post(
    '/chat/completions',
    { bodyLimit, schema: { tags: ['OpenAI'], summary: 'A chat completion by a character.', body: completionRequest } },
    async (request: FastifyRequest, reply: FastifyReply) => {
      const body = request.body as CompletionRequest
      const head: AnswerHead = {
        id: `chatcmpl-${ctx.random.id()}`,
        created: Math.floor(ctx.clock.now().getTime() / 1_000),
        model: body.model,
      }
      await requireRoom(ctx.limits, 'completions', principalOf(request).personId)
      return body.stream ? stream(ctx, request, reply, body, head) : whole(ctx, request, reply, body, head)
    },
  )
}

async function stream(
  ctx: GatewayContext,
  request: FastifyRequest,
  reply: FastifyReply,
  body: CompletionRequest,
  head: AnswerHead,
): Promise<FastifyReply> {
  await new Promise<void>((resolve, reject) => {
    let stop = () => {}
    const out = new SseStream(reply, () => {
      stop()
      resolve()
    })
    const answer = new StreamedAnswer(out, head, body.stream_options?.include_usage ?? false, reject)
    start(ctx, request, body, answer, leave => {
      stop = leave
      if (out.closed) leave()
    })
  })
  return reply
}

function whole(
  ctx: GatewayContext,
  request: FastifyRequest,
  reply: FastifyReply,
  body: CompletionRequest,
  head: AnswerHead,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    start(ctx, request, body, new WholeAnswer(head, resolve, reject), leave => {
      if (reply.raw.destroyed) leave()
      else reply.raw.once('close', leave)
    })
  })
}

/** Begins a completion; every fault goes to the listener. @param onRun told how to stop it once it runs */
function start(
  ctx: GatewayContext,
  request: FastifyRequest,
  body: CompletionRequest,
  answer: CompletionListener,
  onRun: (leave: () => void) => void,
): void {
  const look = lookAt(safeLastText(body), request.headers['accept-language'])
  const listener = withCard(answer, look.card)
  run(ctx, principalOf(request), request, body, look, listener).then(onRun, (error: unknown) => {
    const known = LunaError.from(error)
    if (known.code === 'internal') ctx.log.error({ err: error }, 'a completion failed')
    listener.failed(known)
  })
}

async function run(
  ctx: GatewayContext,
  principal: Principal,
  request: FastifyRequest,
  body: CompletionRequest,
  look: Look,
  listener: CompletionListener,
): Promise<() => void> {
  const character = await characterOf(ctx, principal.personId, body.model)
  const conversationId = body.metadata?.['conversation_id']
  if (conversationId === undefined) {
    const input = { characterId: character?.id ?? null, messages: toMessages(body.messages), risk: look.risk }
    return runEphemeral(ctx, principal.personId, { ...input, ...toSettings(body) }, listener)
  }
  const submission = {
    id: clientIdOf(ctx, request),
    text: newText(body),
    conversationId: conversationOf(conversationId),
  }
  const accept = await publishAndSettle(ctx, principal, submission, look, acceptMs)
  return runKept(ctx, principal.personId, accept, listener)
}

function newText(body: CompletionRequest): string {
  if (body.tools?.length)
    throw badParameter(
      'tools',
      'A kept conversation uses the tools of its character. Leave `tools` out, or `metadata.conversation_id`.',
    )
  const text = lastUserText(body.messages)
  if (text === null || text === '')
    throw badParameter(
      'messages',
      'There is no message with the role `user` that could be the new one of the conversation.',
    )
  return text
}

function conversationOf(value: string): string {
  if (z.uuid().safeParse(value).success) return value
  throw badParameter('metadata.conversation_id', 'This is not the id of a conversation: it must be a UUID.')
}

/** A retry with the same Idempotency-Key is the same message. */
function clientIdOf(ctx: GatewayContext, request: FastifyRequest): string {
  const key = z.uuid().safeParse(request.headers['idempotency-key'])
  return key.success ? key.data : ctx.random.id()
}

/** What the person wrote last, also where other parts of the request cannot be understood. */
function safeLastText(body: CompletionRequest): string {
  const content = body.messages.findLast(message => message.role === 'user')?.content ?? ''
  return typeof content === 'string' ? content : content.map(part => ('text' in part ? part.text : '')).join('')
}
