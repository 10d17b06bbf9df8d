import type { ReviewItem } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import type { Selectable } from 'kysely'
import type { ModerationTx } from '../context.ts'
import type { ReviewTable, StoredClass } from '../db/tables.ts'
import { openText } from './sealing.ts'

export const selectReviews = ({ sql }: Pick<ModerationTx, 'sql'>) =>
  sql
    .selectFrom('reviews')
    .innerJoin('verdicts', 'verdicts.id', 'reviews.verdict_id')
    .selectAll('reviews')
    .select(['direction', 'classes', 'action', 'risk', 'rule_version', 'policy_version'])

export type ReviewRow = Selectable<ReviewTable> &
  Pick<ReviewItem, 'direction' | 'action' | 'risk'> & {
    classes: StoredClass[]
    rule_version: string
    policy_version: number
  }

/** @param key of the person whom it is about; null: sealed parts stay unread */
export const toReview = (row: ReviewRow, key: PersonKey | null): ReviewItem => ({
  id: row.id,
  state: row.state,
  direction: row.direction,
  classes: row.classes,
  action: row.action,
  risk: row.risk,
  ruleVersion: row.rule_version,
  policyVersion: row.policy_version,
  claimedBy: row.claimed_by,
  decision: row.decision,
  reason: key ? openText(key, 'reason', row.id, row.reason) : null,
  appeal: key ? openText(key, 'appeal', row.id, row.appeal) : null,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  version: row.version,
})
