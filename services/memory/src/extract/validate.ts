import { fold } from '@luna/service'
import { isCrisis } from './crisis.ts'
import type { Known } from './known.ts'
import type { Operation, Turn } from './operation.ts'
import { isPoison } from './poison.ts'

export const mostOperations = 10

/** Why an operation was refused; a class, never a text. */
export type Refusal =
  | 'too-many'
  | 'no-source'
  | 'unknown-memory'
  | 'not-grounded'
  | 'poison'
  | 'crisis'
  | 'not-taken-back'
  | 'empty'

export interface Validated {
  readonly operations: readonly Operation[]
  readonly refused: readonly Refusal[]
}

const takenBack =
  /\b(?:forget|delete|remove|not true|isn['’]t true|wasn['’]t true|never said|don['’]t remember|made (?:it|that) up|was (?:joking|kidding|lying))\b/i
/** Words with a capital that begin what a model writes of anybody. */
const ownWords = new Set(
  'the user users person persons they their them he she his her is was has had in on at it its a an i my january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
)

/**
 * What of a model's operations may be done: those that cite turns of the person that were shown to it, speak of memories
 * that were shown to it, and name no name and no number that is not in them.
 */
export function validate(operations: readonly Operation[], turns: readonly Turn[], known: readonly Known[]): Validated {
  const said = new Map(turns.filter(turn => turn.speaker === 'person').map(turn => [turn.messageId, turn]))
  const memories = new Map(known.map(each => [each.id, each]))
  const kept: Operation[] = []
  const refused: Refusal[] = []
  for (const operation of operations) {
    const reason = refusalOf(operation, said, memories, turns)
    if (reason) refused.push(reason)
    else if (kept.length === mostOperations) refused.push('too-many')
    else kept.push({ ...operation, cited: operation.cited.filter(({ messageId }) => said.has(messageId)) })
  }
  return { operations: kept, refused }
}

function refusalOf(
  operation: Operation,
  said: ReadonlyMap<string, Turn>,
  memories: ReadonlyMap<string, Known>,
  turns: readonly Turn[],
): Refusal | null {
  const cited = operation.cited.flatMap(({ messageId }) => said.get(messageId) ?? [])
  if (cited.length === 0) return 'no-source'
  const target = 'memoryId' in operation ? memories.get(operation.memoryId) : undefined
  if ('memoryId' in operation && !target) return 'unknown-memory'
  if (operation.op === 'NOOP') return null
  if (operation.op === 'DELETE') return cited.some(({ text }) => takenBack.test(text)) ? null : 'not-taken-back'
  const { text } = operation.draft
  if (text.trim() === '' || text.length > 1_000) return 'empty'
  if (isPoison(text) || cited.some(turn => isPoison(turn.text))) return 'poison'
  if (cited.some(turn => isCrisis(turn.text))) return 'crisis'
  const ground = [...cited.map(turn => turn.text), ...turnsBefore(cited, turns), target?.text ?? ''].join(' ')
  return isGrounded(text, ground, cited) ? null : 'not-grounded'
}

/** The question that a cited turn answers: `Yes, in May` says what was asked. */
const turnsBefore = (cited: readonly Turn[], turns: readonly Turn[]): string[] =>
  cited.flatMap(turn => turns[turns.indexOf(turn) - 1]?.text ?? [])

function isGrounded(text: string, ground: string, cited: readonly Turn[]): boolean {
  const there = fold(ground)
  const years = new Set(
    cited.flatMap(({ at }) => [at.getUTCFullYear() - 1, at.getUTCFullYear(), at.getUTCFullYear() + 1].map(String)),
  )
  const dates = /\b\d{4}-\d{2}(?:-\d{2})?\b/g
  const claims = text.replace(dates, ' ').match(/\p{Lu}[\p{L}’']+|\d+(?:[.,]\d+)*/gu) ?? []
  return claims.every(claim => {
    const plain = fold(claim).replace(/['’]s$/, '')
    return ownWords.has(plain) || there.includes(plain) || years.has(plain) || isDayNear(plain, cited)
  })
}

/** A day of the month that a relative date may have become. */
const isDayNear = (number: string, cited: readonly Turn[]): boolean =>
  /^\d{1,2}$/.test(number) &&
  Number(number) <= 31 &&
  cited.some(({ text }) => /\b(?:yesterday|today|tomorrow|tonight|ago|last|next|this|on|in)\b/i.test(text))
