import type {
  AuditEntry,
  AuditFault,
  CallOutput,
  moderation as contract,
  Decision,
  PolicyDraft,
  ReviewItem,
  ReviewState,
  StoredPolicy,
} from '@luna/contracts'
import type { Http } from '../http/request.ts'
import type { Page, PageQuery } from './page.ts'

type Calls = typeof contract.calls
export type ClaimedReview = CallOutput<Calls['claimReview']>
export type Standing = CallOutput<Calls['standing']>
export type CareReport = CallOutput<Calls['careReport']>
export type DryRun = CallOutput<Calls['dryRunPolicy']>

const at = (id: string, rest: string) => `moderation/queue/${encodeURIComponent(id)}/${rest}`

/** `moderation`: queue, audit and policies, for moderators; `standing` and `care`: for everybody. */
export function moderation(http: Http) {
  return {
    moderation: {
      queue: (query: PageQuery & { state?: ReviewState } = {}) =>
        http.json<Page<ReviewItem>>('GET', 'moderation/queue', { query: { ...query } }),
      /** Takes an entry for half an hour and shows what was said. */
      claim: (id: string) => http.json<ClaimedReview>('POST', at(id, 'claim'), { body: {} }),
      decide: (id: string, decision: { decision: Decision; reason: string; note?: string }, ifVersion?: number) =>
        http.json<ReviewItem>('POST', at(id, 'review'), { body: decision, ifVersion }),
      audit: (query: PageQuery = {}) => http.json<Page<AuditEntry>>('GET', 'moderation/audit', { query: { ...query } }),
      verifyAudit: () =>
        http.json<{ entries: number; head: string | null; faults: AuditFault[] }>(
          'GET',
          'moderation/audit/verification',
        ),
      policies: (query: PageQuery = {}) =>
        http.json<Page<StoredPolicy>>('GET', 'moderation/policies', { query: { ...query } }),
      putPolicy: (draft: PolicyDraft) => http.json<StoredPolicy>('POST', 'moderation/policies', { body: draft }),
      dryRun: (draft: PolicyDraft & { days?: number }) =>
        http.json<DryRun>('POST', 'moderation/policies/dry-run', { body: draft }),
    },
    standing: {
      get: () => http.json<Standing>('GET', 'me/standing'),
      appeal: (id: string, text: string) =>
        http.json<{ id: string; state: ReviewState }>('POST', `me/standing/${encodeURIComponent(id)}/appeal`, {
          body: { text },
        }),
    },
    care: {
      report: (year?: number) =>
        http.json<CareReport>('GET', 'care/report', year === undefined ? {} : { query: { year } }),
      disclosure: () => http.json<{ text: string; minimumAge: number }>('GET', 'care/disclosure'),
    },
  }
}
