export { evaluateLocal, warmUp } from './evaluate-local.ts'
export { actionFor, defaultPolicy, ruleVersion, strictest, sureScore, verdictOf } from './policy.ts'
export { rulesWarming } from './rules-warming.ts'
