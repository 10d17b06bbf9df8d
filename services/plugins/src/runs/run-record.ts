import type { CallOutput, plugins } from '@luna/contracts'
import type { PersonKey } from '@luna/service'

export type Executed = CallOutput<typeof plugins.calls.execute>

const resultPlace = (runId: string) => `plugins.runs.result:${runId}`
const argumentsPlace = (runId: string) => `plugins.runs.arguments:${runId}`

export const sealArguments = (key: PersonKey, runId: string, value: unknown): Buffer =>
  key.sealJson(value, argumentsPlace(runId))
export const openArguments = (key: PersonKey, runId: string, sealed: Buffer): string =>
  JSON.stringify(key.openJson(sealed, argumentsPlace(runId)))

export const sealResult = (key: PersonKey, runId: string, result: Executed): Buffer =>
  key.sealJson(result, resultPlace(runId))
export const openResult = (key: PersonKey, runId: string, sealed: Buffer): Executed =>
  key.openJson(sealed, resultPlace(runId)) as Executed

export const filePrefix = (personId: string, runId: string): string => `runs/${personId}/${runId}/`
