import type { ContentClass, Direction } from '@luna/contracts'
import type { Finding } from '../abuse/findings.ts'
import { scan } from '../abuse/scan.ts'
import { featureCount, featuresOf } from './features.ts'
import { packed } from './weights.ts'

export interface PackedModel {
  version: string
  heads: readonly PackedHead[]
  /** base64 of signed bytes. */
  weights: string
}

interface PackedHead {
  name: 'any' | ContentClass
  bias: number
  /** What one unit of the signed bytes is worth. */
  step: number
  /** Log-odds from which on the text is flagged, and from which on nine of ten flagged ones are right. */
  flagAt: number
  sureAt: number
}

export interface LinearVerdict {
  /** 0 to 1 that the text is of any class at all; flagged from 0.5 on. */
  any: number
  /** The same for each class that the model knows. */
  scores: Partial<Record<ContentClass, number>>
}

export const linearVersion = packed.version

interface Head extends PackedHead {
  weights: Int8Array
}

let heads: Head[] | null = null

function unpacked(): Head[] {
  if (heads) return heads
  const bytes = Buffer.from(packed.weights, 'base64')
  heads = packed.heads.map((head, at) => ({
    ...head,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + at * featureCount, featureCount),
  }))
  return heads
}

/**
 * The linear layer: logistic regression over hashed n-grams, topics and what the rules found. Trained on English.
 * @param findings of the lexical layer on the same text
 */
export function assessLinear(text: string, findings: readonly Finding[]): LinearVerdict {
  const { indices, values } = featuresOf(text, findings)
  const scores: LinearVerdict['scores'] = {}
  let any = 0
  for (const { name, bias, step, flagAt, sureAt, weights } of unpacked()) {
    let sum = 0
    for (let at = 0; at < indices.length; at += 1)
      sum += (weights[indices[at] as number] as number) * (values[at] as number)
    const score = probability(bias + sum * step, flagAt, sureAt)
    if (name === 'any') any = score
    else scores[name] = score
  }
  return { any, scores }
}

/** Log-odds as a score that is 0.5 at the one threshold and 0.8 at the other. */
const probability = (logit: number, flagAt: number, sureAt: number): number =>
  1 / (1 + Math.exp((-Math.log(4) * (logit - flagAt)) / (sureAt - flagAt)))

/** Findings of the classes that the model flags; none while it takes the text as a whole for harmless. */
export function linearFindings({ any, scores }: LinearVerdict): Finding[] {
  if (any < 0.5) return []
  return Object.entries(scores)
    .filter(([, score]) => score >= 0.5)
    .map(([name, score]) => ({ class: name as ContentClass, score, span: null, rule: `linear/${name}` }))
}

/** All local layers on one text: what the rules found, and what the model makes of it. */
export function assessLocal(text: string, direction: Direction) {
  const found = scan(text, direction)
  return { ...found, linear: assessLinear(text, found.classes) }
}
