import type { Direction, Verdict } from '@luna/contracts'
import { foldText } from '../lexical/characters.ts'
import type { AbuseRule } from './rule.ts'

export type Finding = Verdict['classes'][number]

/** From here on words are trusted enough to act on; below they are only told. */
export const actingScore = 0.5

/** A character may speak of what it must not urge: in its mouth, rules below this score count as mere mention. */
const surelyMeant = 0.7
const mentioned = 0.45

const placesOfRule = 3
const lookedBack = 120

/** Talk about such material, not of it: reports, trials, survivors. Judged by what stands before, so that a stream and a whole text agree. */
const talkedAbout =
  /(?:report|police|arrest|victim|surviv|illegal|convict|charged|accus|court|trial|law against|laws|protect|prevent|fight|combat|against|abused|trauma|polizei|verhaftet|opfer|angeklagt|policia|arrestato|denunc|victime|арест|жертв|полици)\p{L}*(?:[^\p{L}]+\p{L}+){0,10}[^\p{L}]*$/u
const talkable = new Set(['sexual/minors/child-porn', 'sexual/minors/kinderporno'])

/** What a rule's match weighs where it stands; 0 when the rule is not for this direction. */
export function weigh(rule: AbuseRule, direction: Direction, before: string): number {
  if (rule.directions && !rule.directions.includes(direction)) return 0
  if (direction !== 'character' && talkable.has(rule.id) && talkedAbout.test(foldText(before.slice(-lookedBack))))
    return rule.score * 0.4
  if (direction === 'character' && rule.score < surelyMeant) return Math.min(rule.score, mentioned)
  return rule.score
}

/** Findings of one text, bounded: at most three places a rule, each at its longest. */
export class Findings {
  readonly #places = new Map<string, Map<number, Finding>>()

  add(rule: AbuseRule, score: number, start: number, end: number): void {
    let places = this.#places.get(rule.id)
    if (!places) this.#places.set(rule.id, (places = new Map()))
    const known = places.get(start)
    if (known) known.span = [start, Math.max(end, known.span?.[1] ?? end)]
    else if (places.size < placesOfRule)
      places.set(start, { class: rule.class, score, span: [start, end], rule: rule.id })
  }

  /** In order of place, then of rule. */
  list(): Finding[] {
    return [...this.#places.values()]
      .flatMap(places => [...places.values()])
      .toSorted((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0) || (a.rule < b.rule ? -1 : 1))
  }
}
