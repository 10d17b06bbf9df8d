import { assessCrisis, riskRank } from '@luna/safety'

/** Whether the person was in danger when they wrote this: it is answered with care, and never kept as a fact about them. */
export const isCrisis = (text: string): boolean => riskRank(assessCrisis(text).risk) >= riskRank('high')
