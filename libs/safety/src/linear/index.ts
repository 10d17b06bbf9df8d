export { characterBuckets, type Features, featureCount, featuresOf, wordBuckets } from './features.ts'
export { assessLinear, assessLocal, linearFindings, linearVersion, type LinearVerdict } from './model.ts'
