export { actingScore, type Finding } from './findings.ts'
export { abuseRuleVersion } from './rule-set.ts'
export { type Scan, scan } from './scan.ts'
