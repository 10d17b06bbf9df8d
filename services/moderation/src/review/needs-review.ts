import type { Verdict } from '@luna/contracts'

/** Who must look: what was escalated or taken away, and what is never a matter of taste. A flag alone is only kept. */
export const needsReview = ({ action, classes }: Pick<Verdict, 'action' | 'classes'>): boolean =>
  action === 'escalate' ||
  action === 'block' ||
  action === 'replace' ||
  classes.some(
    found =>
      (found.class === 'sexual/minors' || found.class === 'hate/threat') &&
      found.score >= 0.5 &&
      !found.rule.startsWith('linear/'),
  )
