export { characterBuckets, type Features, featureCount, featuresOf, wordBuckets } from './features.ts'
export { assessLinear, assessLocal, type LinearVerdict, linearFindings, linearVersion } from './model.ts'
