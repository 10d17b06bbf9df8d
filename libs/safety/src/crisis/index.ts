export { assessCrisis, type CrisisAssessment, type CrisisSignal, crisisRuleVersion, riskRank } from './assess.ts'
export type { Mitigation } from './context.ts'
export { assessConversation, type ConversationAssessment } from './conversation.ts'
export type { Language } from './rule.ts'
