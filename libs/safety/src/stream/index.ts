export { createStreamGuard, type GuardStep, type StreamGuard, type StreamGuardOptions } from './guard.ts'
