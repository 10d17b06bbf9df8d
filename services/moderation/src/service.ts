/** Moderation says what a text is, what the policy makes of it, and whether the person is at risk; and it cares what follows. */

import { chat, gateway, moderation } from '@luna/contracts'
import { rulesWarming } from '@luna/safety'
import { defineService, on, onTogether, watch } from '@luna/service'
import { listAudit, verifyAudit } from './audit/read-audit.ts'
import { checkIns } from './care/check-ins.ts'
import { check, checkWindow } from './check/check.ts'
import { linearWarming } from './check/linear-warming.ts'
import { classify } from './classify/classify.ts'
import { config } from './config.ts'
import { createContext, type ModerationContext } from './context.ts'
import { followTurns } from './count-risk/follow-turns.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { exportPage } from './export-page/export-page.ts'
import { dryRunPolicy, explainPolicy, getPolicy, listPolicies, putPolicy } from './policies/handlers.ts'
import { careReport } from './report/care-report.ts'
import { decideReview } from './review/decide-review.ts'
import { claimReview, listReviews } from './review/queue.ts'
import { appeal, standing } from './review/standing.ts'

export const service = defineService({
  name: 'moderation',
  contract: moderation,
  owns: { schema: 'moderation', migrations, connections: 4 },
  config,
  context: createContext,
  listens: [onTogether(chat.events.turnEnded, followTurns), on(gateway.events.accountErased, eraseAccount)],
  serves: {
    check,
    checkWindow,
    classify,
    getPolicy,
    explainPolicy,
    listPolicies,
    putPolicy,
    dryRunPolicy,
    listReviews,
    claimReview,
    decideReview,
    standing,
    appeal,
    listAudit,
    verifyAudit,
    careReport,
    exportPage,
  },
  watches: [
    watch(moderation.feeds.policyChanged, (_frame, ctx: ModerationContext) => {
      ctx.policies.drop()
      ctx.standings.drop()
    }),
  ],
  runs: [rulesWarming, linearWarming, checkIns],
})
