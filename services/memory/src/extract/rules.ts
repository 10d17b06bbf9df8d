import { readDates } from '../rank/read-dates.ts'
import { isCrisis } from './crisis.ts'
import { type Cited, type Draft, draftOf, type Operation, type Turn } from './operation.ts'
import { isPoison } from './poison.ts'
import { feelingRules } from './rules-feelings.ts'
import { lifeRules } from './rules-life.ts'
import { type Sentence, sentences } from './sentences.ts'

/** One thing that people say of themselves. `read` gives null where the match turns out to mean something else. */
export interface Rule {
  readonly name: string
  readonly pattern: RegExp
  read(found: RegExpMatchArray, sentence: string): (Pick<Draft, 'text' | 'kind'> & Partial<Draft>) | null
}

/** Raised when the rules change, so that one knows which rules have written what. */
export const rulesVersion = 'rules-1'

const rules: readonly Rule[] = [...lifeRules, ...feelingRules]

/** Not said of one's own life as it is: questions, wishes, conditions, stories, what others say. */
const notSaid =
  /\?\s*$|^\s*["“'‘>]|\b(?:if|unless|imagine|pretend|suppose|would|could|might|maybe|perhaps|wish|hypothetically|joking|kidding|in the (?:story|movie|book|game)|character|(?:he|she|they|someone|people|mom|dad|friend)s? (?:says?|said|told me|thinks?))\b/i

/** At most so many from one message: a pasted biography is not talk. */
const mostOfMessage = 6
const longestSentence = 400

/** What the person says of their own life, by rules for English: precise rather than greedy. */
export function extractByRules(turns: readonly Turn[]): Operation[] {
  return turns
    .filter(turn => turn.speaker === 'person' && !isPoison(turn.text))
    .flatMap(turn =>
      sentences(turn.text.slice(0, 20_000))
        .filter(({ text }) => text.length <= longestSentence && !notSaid.test(text) && !isCrisis(text))
        .flatMap(sentence => ofSentence(turn, sentence))
        .slice(0, mostOfMessage),
    )
}

function ofSentence(turn: Turn, sentence: Sentence): Operation[] {
  const cited: Cited[] = [{ messageId: turn.messageId, from: sentence.from, to: sentence.to }]
  const found: Operation[] = []
  const slots = new Set<string>()
  for (const rule of rules) {
    const match = rule.pattern.exec(sentence.text)
    const read = match ? rule.read(match, sentence.text) : null
    if (!read) continue
    const draft = dated(draftOf(read), sentence.text, turn.at)
    const slot = `${draft.subject}|${draft.predicate ?? draft.text}`
    if (slots.has(slot)) continue
    slots.add(slot)
    found.push({ op: 'ADD', draft, cited })
  }
  return found
}

/** "Yesterday" is read against the message, and said as a date, so that it still means the same next year. */
function dated(draft: Draft, sentence: string, at: Date): Draft {
  const [span] = readDates(sentence, at)
  if (!span) return draft
  const from = new Date(span.from)
  const day = 86_400_000
  const spoken =
    span.to - span.from <= day
      ? from.toISOString().slice(0, 10)
      : span.to - span.from <= 8 * day
        ? `week of ${from.toISOString().slice(0, 10)}`
        : span.to - span.from <= 95 * day
          ? from.toISOString().slice(0, 7)
          : `${from.getUTCFullYear()}`
  const text = `${draft.text.replace(/[.!]+$/, '')} (${spoken}).`
  return { ...draft, text, ...(draft.kind === 'emotion' ? {} : { validFrom: draft.validFrom ?? from }) }
}
