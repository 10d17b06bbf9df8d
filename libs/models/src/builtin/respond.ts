import { foreignLanguage, selfDescriptions } from './languages.ts'
import { sentences } from './normalise.ts'
import { reflect } from './reflect.ts'
import { fromMemory } from './remembered.ts'
import type { Rule } from './rule.ts'
import { fallbacks, recollections, script } from './script.ts'
import { danger } from './script-self.ts'

/** The conversation so far is looked at over this many of the person's last messages. */
const lookBack = 60

interface Memory {
  uses: Map<string, number>
  topics: string[]
  recalled: number
  empty: number
}

/**
 * The built-in responder's answer to the last of a person's messages. A pure function of those messages and of the notes
 * that the prompt recalls, which it repeats where it is asked what it remembers: the same
 * conversation always gets the same answer. A listener in the manner of Weizenbaum's ELIZA (1966), with a script of its own.
 */
export function respond(userTexts: readonly string[], notes: readonly string[] = []): string {
  const noted = noteFor(userTexts.at(-1) ?? '', notes)
  if (noted !== null) return noted
  const memory: Memory = { uses: new Map(), topics: [], recalled: 0, empty: 0 }
  let answer = fallbacks[0]!
  for (const text of userTexts.slice(-lookBack)) answer = answerTo(text, memory)
  return answer
}

/** Danger is answered before anything is remembered. */
function noteFor(text: string, notes: readonly string[]): string | null {
  const found = sentences(text)
  if (foreignLanguage(text) || bestMatch(found)?.rule.name === danger) return null
  return fromMemory(found, notes)
}

function answerTo(text: string, memory: Memory): string {
  const language = foreignLanguage(text)
  if (language) return selfDescriptions[language]
  const found = sentences(text)
  if (found.length === 0) return 'I am listening, though I can only read words. What would you like to say?'
  const match = bestMatch(found)
  if (!match) return comeBack(memory)
  const { rule, groups } = match
  const count = memory.uses.get(rule.name) ?? 0
  memory.uses.set(rule.name, count + 1)
  const fill = (template: string) => template.replace('$1', () => groups)
  if (rule.remembers) {
    const topic = fill(rule.remembers)
    if (!memory.topics.includes(topic)) memory.topics.push(topic)
  }
  return sentenceCase(fill(rule.answers[count % rule.answers.length]!))
}

/** The rule that stands first in the script, of all that fit any sentence; the later sentence on a tie. */
function bestMatch(found: readonly string[]): { rule: Rule; groups: string } | undefined {
  for (const rule of script) {
    const hits = found.toReversed().map(sentence => rule.pattern.exec(sentence))
    const hit = hits.find(each => each !== null)
    if (hit) return { rule, groups: reflect(shorten(hit[1] ?? '')) }
  }
  return undefined
}

/** Takes up something said earlier, each topic once, else says one of the fallbacks in turn. */
function comeBack(memory: Memory): string {
  const topic = memory.topics[memory.recalled]
  if (topic !== undefined) {
    const template = recollections[memory.recalled % recollections.length]!
    memory.recalled++
    return sentenceCase(template.replace('$1', () => topic))
  }
  return fallbacks[memory.empty++ % fallbacks.length]!
}

/** Long phrases sound wrong when they are turned round: at most ten words, cut where a new thought begins. */
function shorten(phrase: string): string {
  const head = phrase.split(/ (?:because|since|when|while|although|so that|and (?:i|he|she|we|they|it)) /)[0]!
  return head.split(' ').slice(0, 10).join(' ').trim()
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
