import { LunaError, limits, text } from '@luna/contracts'
import { z } from 'zod'
import { readAccount, user } from '../accounts/account.ts'
import { changePassword } from '../accounts/change-password.ts'
import { password } from '../accounts/password.ts'
import { updateAccount } from '../accounts/update-account.ts'
import { erased } from '../auth/auth.ts'
import { requestErasure } from '../erasure/request-erasure.ts'
import { exportMe } from '../export/export-me.ts'
import { clearCookies } from '../http/answer-session.ts'
import { sendFile } from '../http/json-lines.ts'
import { principalOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { requireRoom } from '../limits/require.ts'
import { nothing, type Routes } from './route.ts'

const tags = ['Me']

/** A token may be remembered for a moment longer than its account lives. */
async function readOwn(ctx: Parameters<typeof readAccount>[0], personId: string): ReturnType<typeof readAccount> {
  try {
    return await readAccount(ctx, personId)
  } catch (error) {
    throw LunaError.from(error).code === 'not-found' ? erased(error) : error
  }
}

/** What one guess at the present password costs. */
const guessCost = 3

export const meRoutes: Routes = ctx => async app => {
  app.get('/me', { schema: { tags, summary: 'Who is signed in.', response: { 200: user } } }, async (request, reply) =>
    tagged(reply, await readOwn(ctx, principalOf(request).personId)),
  )

  app.patch(
    '/me',
    {
      schema: {
        tags,
        summary: 'Changes name or year of birth.',
        body: z.strictObject({
          displayName: text(limits.titleCodePoints, 1).optional(),
          birthYear: z.number().int().min(1900).max(2100).nullable().optional(),
        }),
        response: { 200: user },
      },
    },
    async (request, reply) => {
      const { personId } = principalOf(request)
      const changed = await updateAccount(ctx, personId, request.body, ifVersionOf(request))
      ctx.ageGate.forget(personId)
      return tagged(reply, changed)
    },
  )

  app.post(
    '/me/password',
    {
      config: { ownIdempotency: true },
      schema: {
        tags,
        summary: 'Changes the password; every other session ends.',
        body: z.strictObject({ current: z.string().max(256), password }),
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request)
      await requireRoom(ctx.limits, 'auth', `password:${principal.personId}`, guessCost)
      await changePassword(ctx, principal, request.body)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/me',
    {
      schema: {
        tags,
        summary: 'Erases the account everywhere. The id opens the receipt at `me/erasure/{id}`: keep it.',
        response: { 202: z.object({ erasureId: z.uuid() }) },
      },
    },
    async (request, reply) => {
      const erasure = await requestErasure(ctx, principalOf(request).personId)
      clearCookies(request, reply)
      return reply.code(202).send(erasure)
    },
  )

  app.get(
    '/me/export',
    {
      schema: {
        tags,
        summary: 'Everything Luna holds of this person: a zip of JSON Lines.',
        produces: ['application/zip'],
      },
    },
    async (request, reply) => {
      const { personId } = principalOf(request)
      await requireRoom(ctx.limits, 'export', personId)
      return sendFile(reply, 'luna-export.zip', 'application/zip', await exportMe(ctx, personId, request.id))
    },
  )
}
