import { LunaError, limits as sizes, text } from '@luna/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { emailAddress } from '../accounts/email.ts'
import { login } from '../accounts/login.ts'
import { password } from '../accounts/password.ts'
import { register } from '../accounts/register.ts'
import { csrfCookie, readCookie, refreshCookie } from '../auth/cookies.ts'
import { csrfHolds, makeCsrfToken } from '../auth/csrf.ts'
import { presentedSession } from '../auth/presented-session.ts'
import type { GatewayContext } from '../context.ts'
import { answerSession, clearCookies, setCookie, signedIn } from '../http/answer-session.ts'
import { addressKey } from '../limits/address-key.ts'
import { requireRoom } from '../limits/require.ts'
import { refuseLocal } from '../local/decide-local.ts'
import { signInOwner } from '../local/sign-in-owner.ts'
import { endSession } from '../sessions/end-session.ts'
import { refreshSession } from '../sessions/refresh-session.ts'
import { nothing, type Routes } from './route.ts'

const displayName = text(sizes.titleCodePoints, 1)
const tags = ['Signing in']
const open: { [name: string]: string[] }[] = []

/** What one guess at a password costs of the mail address's own budget. */
const guessCost = 3

const addressLimit =
  ({ limits }: GatewayContext) =>
  (request: FastifyRequest) =>
    requireRoom(limits, 'auth', addressKey(request.ip))

const mailLimit =
  ({ limits, secrets }: GatewayContext) =>
  (email: string) =>
    requireRoom(limits, 'auth', `mail:${secrets.emailIndexes(email)[0]?.toString('base64url')}`, guessCost)

export const authRoutes: Routes = ctx => async app => {
  const limitAddress = addressLimit(ctx)
  const limitMail = mailLimit(ctx)

  app.addHook('onRequest', async request => {
    const { origin, host } = request.headers
    if (request.method !== 'GET' && origin !== undefined && !ctx.origins.allowed(origin, host))
      throw new LunaError('forbidden', 'Nobody signs in from this page. Add its origin to LUNA_ORIGINS if it is yours.')
  })

  app.post(
    '/auth/register',
    {
      onRequest: limitAddress,
      schema: {
        tags,
        security: open,
        summary: 'Makes an account and signs in.',
        body: z.strictObject({ email: emailAddress, password, displayName: displayName.optional() }),
        response: { 201: signedIn },
      },
    },
    async (request, reply) => {
      await limitMail(request.body.email)
      const opened = await register(ctx, request.body)
      reply.code(201)
      return answerSession(ctx, request, reply, opened)
    },
  )

  app.post(
    '/auth/login',
    {
      onRequest: limitAddress,
      schema: {
        tags,
        security: open,
        summary: 'Signs in with mail address and password.',
        body: z.strictObject({ email: emailAddress, password: z.string().max(256) }),
        response: { 200: signedIn },
      },
    },
    async (request, reply) => {
      await limitMail(request.body.email)
      return answerSession(ctx, request, reply, await login(ctx, request.body))
    },
  )

  app.post(
    '/auth/local',
    {
      onRequest: limitAddress,
      schema: {
        tags,
        security: open,
        summary: 'Signs in the owner of this machine; local mode only.',
        response: { 200: signedIn },
      },
    },
    async (request, reply) => {
      const { headers } = request
      const why = refuseLocal({
        mode: ctx.config.auth,
        boundTo: ctx.config.host,
        peer: request.socket.remoteAddress,
        headers,
        originAllowed: ctx.origins.allowed(headers.origin, headers.host),
      })
      if (why !== null) throw new LunaError('forbidden', why)
      return answerSession(ctx, request, reply, await signInOwner(ctx))
    },
  )

  app.post(
    '/auth/refresh',
    {
      onRequest: limitAddress,
      schema: {
        tags,
        security: open,
        summary: 'Trades the refresh cookie for the next one.',
        response: { 200: signedIn },
      },
    },
    async (request, reply) => {
      const token = readCookie(request.headers.cookie, refreshCookie)
      if (!token) throw new LunaError('unauthorized', 'There is no refresh cookie. Sign in first.')
      try {
        return await answerSession(ctx, request, reply, await refreshSession(ctx, token))
      } catch (error) {
        if (LunaError.from(error).code === 'unauthorized') clearCookies(request, reply)
        throw error
      }
    },
  )

  app.post(
    '/auth/logout',
    { onRequest: limitAddress, schema: { tags, summary: 'Ends this session.', response: { 204: nothing } } },
    async (request, reply) => {
      const session = await presentedSession(ctx, request)
      if (session) await endSession(ctx, session.personId, session.sessionId)
      clearCookies(request, reply)
      return reply.code(204).send()
    },
  )

  app.get(
    '/auth/csrf',
    {
      schema: {
        tags,
        security: open,
        summary: 'The token that changes by cookie carry in X-CSRF-Token.',
        response: { 200: z.object({ token: z.string() }) },
      },
    },
    async (request, reply) => {
      const session = await presentedSession(ctx, request)
      const sessionId = session?.sessionId ?? ''
      const cookie = readCookie(request.headers.cookie, csrfCookie)
      // Two tabs share one cookie: the token of the one stays good when the other asks.
      const stands = cookie !== null && csrfHolds(ctx.secrets, { sessionId, cookie, header: cookie })
      const token = stands ? cookie : makeCsrfToken(ctx.secrets, sessionId, ctx.random.bytes(16))
      setCookie(request, reply, csrfCookie, token, 86_400)
      return { token }
    },
  )
}
