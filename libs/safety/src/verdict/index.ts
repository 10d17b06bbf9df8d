export { evaluateLocal, warmUp } from './evaluate-local.ts'
export { actionFor, defaultPolicy, ruleVersion, strictest } from './policy.ts'
export { rulesWarming } from './rules-warming.ts'
