import {
  auditEntry,
  auditFault,
  decision,
  moderation,
  page,
  policyAudience,
  policyDraft,
  reviewItem,
  reviewState,
  storedPolicy,
  text,
} from '@luna/contracts'
import { noticeText } from '@luna/safety'
import type { Scope } from '@luna/service'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { callerOf, principalOf, requireRole } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { requireRoom } from '../limits/require.ts'
import { byId, clientIdOf, given, listQuery, type Routes } from './route.ts'

const tags = ['Moderation']
const { calls } = moderation

/** What moderators do is done in their name, and moderation keeps who did it. */
const moderatorOf = (request: FastifyRequest): { scope: Scope; requestId: string } => ({
  scope: { kind: 'moderator', personId: principalOf(request).personId },
  requestId: request.id,
})

const year = z.coerce.number().int().min(2020).max(2100)

/** Nobody needs to be signed in: the protocol and its yearly counts are published. */
export const careRoutes: Routes = ctx => async app => {
  app.get(
    '/care/report',
    {
      schema: {
        tags,
        security: [],
        summary: 'How often the safety card was shown in a year, and what became of reviews: counts without ids.',
        querystring: z.strictObject({ year: year.optional() }),
        response: { 200: calls.careReport.output },
      },
    },
    async request =>
      ctx.call(
        calls.careReport,
        { year: request.query.year ?? ctx.clock.now().getUTCFullYear() },
        { scope: { kind: 'system' }, requestId: request.id },
      ),
  )

  app.get(
    '/care/disclosure',
    {
      schema: {
        tags,
        security: [],
        summary: 'What is to be shown before first use: that an AI answers, in the language of the reader.',
        response: { 200: z.object({ text: z.string(), minimumAge: z.number().int() }) },
      },
    },
    async request => ({
      text: noticeText('disclosure', request.headers['accept-language']),
      minimumAge: ctx.config.minimumAge,
    }),
  )
}

/** What moderation has decided about the person who asks. */
export const standingRoutes: Routes = ctx => async app => {
  app.get(
    '/me/standing',
    {
      schema: { tags, summary: 'Decisions about this person, with reasons.', response: { 200: calls.standing.output } },
    },
    async request => ctx.call(calls.standing, {}, callerOf(request)),
  )

  app.post(
    '/me/standing/:id/appeal',
    {
      schema: {
        tags,
        summary: 'Asks for another look at a decision, once; somebody else looks.',
        params: byId,
        body: z.strictObject({ text: text(2_000, 1) }),
        response: { 200: calls.appeal.output },
      },
    },
    async request => {
      await requireRoom(ctx.limits, 'requests', principalOf(request).personId)
      return ctx.call(calls.appeal, { id: request.params.id, text: request.body.text }, callerOf(request))
    },
  )
}

export const moderationRoutes: Routes = ctx => async app => {
  app.addHook('onRequest', async request => requireRole(request, 'moderator'))

  app.get(
    '/moderation/queue',
    {
      schema: {
        tags,
        summary: 'What waits for a decision, oldest first; without what was said.',
        querystring: z.strictObject({ ...listQuery, state: reviewState.optional() }),
        response: { 200: page(reviewItem) },
      },
    },
    async request => ctx.call(calls.listReviews, given(request.query), moderatorOf(request)),
  )

  app.post(
    '/moderation/queue/:id/claim',
    {
      schema: {
        tags,
        summary: 'Takes an entry for half an hour and shows what was said; the audit keeps who looked.',
        params: byId,
        response: { 200: calls.claimReview.output },
      },
    },
    async (request, reply) => {
      const claimed = await ctx.call(calls.claimReview, { id: request.params.id }, moderatorOf(request))
      tagged(reply, claimed.item)
      return claimed
    },
  )

  app.post(
    '/moderation/queue/:id/review',
    {
      schema: {
        tags,
        summary: 'Decides an entry that was claimed before, with the reason that the person reads.',
        params: byId,
        body: z.strictObject({ decision, reason: text(1_000, 1), note: text(2_000).optional() }),
        response: { 200: reviewItem },
      },
    },
    async (request, reply) => {
      const input = given({ id: request.params.id, ...request.body, ifVersion: ifVersionOf(request) })
      return tagged(reply, await ctx.call(calls.decideReview, input, moderatorOf(request)))
    },
  )

  app.get(
    '/moderation/audit',
    {
      schema: {
        tags,
        summary: 'The hash-chained audit, newest first.',
        querystring: z.strictObject(listQuery),
        response: { 200: page(auditEntry) },
      },
    },
    async request => ctx.call(calls.listAudit, given(request.query), moderatorOf(request)),
  )

  app.get(
    '/moderation/audit/verification',
    {
      schema: {
        tags,
        summary: 'Reads the whole chain: entries that were changed, are missing, or stand in another place.',
        response: {
          200: z.object({ entries: z.number().int(), head: z.string().nullable(), faults: z.array(auditFault) }),
        },
      },
    },
    async request => ctx.call(calls.verifyAudit, {}, moderatorOf(request)),
  )

  app.get(
    '/moderation/policies',
    {
      schema: {
        tags,
        summary: 'All versions of all policies, newest first.',
        querystring: z.strictObject(listQuery),
        response: { 200: page(storedPolicy) },
      },
    },
    async request => ctx.call(calls.listPolicies, given(request.query), moderatorOf(request)),
  )

  app.post(
    '/moderation/policies',
    {
      config: { ownIdempotency: true },
      schema: {
        tags,
        summary: 'Another version of the policy of an audience; it holds at once.',
        body: z.strictObject({ id: z.uuid().optional(), ...policyDraft.shape }),
        response: { 201: storedPolicy },
      },
    },
    async (request, reply) => {
      const { id, ...draft } = request.body
      const stored = await ctx.call(
        calls.putPolicy,
        { id: clientIdOf(request, id, ctx), ...draft },
        moderatorOf(request),
      )
      return reply.code(201).send(stored)
    },
  )

  app.post(
    '/moderation/policies/dry-run',
    {
      schema: {
        tags,
        summary: 'What a policy would have done with the verdicts of the last days.',
        body: z.strictObject({ ...policyDraft.shape, days: z.number().int().min(1).max(365).optional() }),
        response: { 200: calls.dryRunPolicy.output },
      },
    },
    async request => ctx.call(calls.dryRunPolicy, given(request.body), moderatorOf(request)),
  )

  app.get(
    '/moderation/policies/explanation',
    {
      schema: {
        tags,
        summary: 'What holds for an audience, and which version decides what.',
        querystring: z.strictObject({
          workspaceId: z.uuid().optional(),
          rating: policyAudience.shape.rating.unwrap().optional(),
          age: policyAudience.shape.age.unwrap().optional(),
        }),
        response: { 200: calls.explainPolicy.output },
      },
    },
    async request => {
      const { workspaceId = null, rating = null, age = null } = request.query
      return ctx.call(calls.explainPolicy, { workspaceId, rating, age }, moderatorOf(request))
    },
  )
}
