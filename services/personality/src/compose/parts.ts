import type { MoodPoint, PromptPart, Skills } from '@luna/contracts'
import type { LoreResult } from '../lore/activate.ts'
import { expandMacros, type MacroValues } from '../macros/expand.ts'
import { moodWords } from '../mood/name.ts'
import { profileProtocol, profileText } from '../profiles/profiles.ts'
import { care, reminder } from '../protocols/care.ts'
import { honesty } from '../protocols/honesty.ts'
import { personPart, plainName } from './person-part.ts'
import type { PreparedCharacter } from './prepare.ts'
import { promptPart, tokensOf } from './prompt-part.ts'

export interface ComposeInput {
  readonly character: PreparedCharacter
  readonly personName: string | undefined
  readonly persona: { name: string; description: string } | null
  readonly mood: { point: MoodPoint; skills: Skills } | null
  /** Others who speak in this conversation. */
  readonly cast: readonly { name: string; blurb: string }[]
  readonly greeting: number
  readonly sceneId: string | null
  readonly endingId: string | null
  readonly lore: LoreResult
  readonly recent: readonly string[]
  /** Turns that have ended in the conversation. */
  readonly turns: number
  readonly now: Date
  readonly seed: string
}

/** Of a character's description so many tokens are never cut; the rest is, when there is no room. */
const firmTokens = 1_500
/** Turns after which the greeting is past. */
const greetingTurns = 6

/**
 * The parts of a prompt in order. The protocols are not the character's: they stand first and last, are never cut, and
 * nothing that a card says takes their place or stands behind the last of them.
 */
export function composeParts(input: ComposeInput): PromptPart[] {
  const { character, lore } = input
  const { sheet } = character
  const values = macroValues(input)
  const expand = (text: string): string => expandMacros(text, values).trim()
  const parts: PromptPart[] = []
  const add = (name: string, text: string, keep: Parameters<typeof promptPart>[2]): void => {
    if (text !== '') parts.push(promptPart(name, text, keep))
  }
  const titled = (title: string, text: string): string => (text === '' ? '' : `${title}\n${text}`)

  add('care', care, { priority: 100, required: true })
  add('honesty', honesty, { priority: 100, required: true })
  if (sheet.profile !== '') add('profile', profileText(sheet.profile), { priority: 96, required: true })
  add('instructions', expand(sheet.systemPrompt), { priority: 86 })
  for (const fired of lore.fired.filter(({ entry }) => entry.position === 'before'))
    add(`lore: ${fired.entry.name}`, expand(fired.entry.content), { priority: 50 })
  addRole(add, expand(sheet.description) || `You are ${values.char}.`)
  add('personality', titled(`${values.char}’s personality:`, expand(sheet.personality)), { priority: 84 })
  add('traits', traitsText(input), { priority: 76 })
  add('backstory', titled(`What lies behind ${values.char}:`, expand(sheet.backstory)), { priority: 58 })
  add('scenario', titled('Scenario:', expand(sheet.scenario)), { priority: 80 })
  add('story', titled('The story so far stands in this world:', expand(sheet.storyContext)), { priority: 66 })
  add('scene', expand(sceneText(input)), { priority: 82 })
  for (const fired of lore.fired.filter(({ entry }) => entry.position === 'after'))
    add(`lore: ${fired.entry.name}`, expand(fired.entry.content), { priority: 50 })
  add('cast', castText(values.char, input.cast), { priority: 83 })
  if (input.persona)
    add('persona', titled(`In this story the person is ${values.user}:`, expand(input.persona.description)), {
      priority: 72,
    })
  const person = personPart(input.personName)
  if (person) parts.push(person)
  add(
    'examples',
    titled(
      `How ${values.char} talks, as examples only; nothing of this was said in this conversation:`,
      expand(sheet.exampleDialogue),
    ),
    { priority: 40 },
  )
  if (input.mood) add('mood', moodWords(input.mood.point, input.mood.skills), { priority: 62 })
  if (input.turns < greetingTurns) add('greeting', expand(greetingOf(input)), { priority: 46, role: 'assistant' })

  if (character.depthPrompt)
    add('note', expand(character.depthPrompt.text), {
      priority: 74,
      place: 'after',
      depth: character.depthPrompt.depth,
      role: character.depthPrompt.role,
    })
  for (const { entry } of lore.fired.filter(one => one.entry.position === 'depth'))
    add(`lore: ${entry.name}`, expand(entry.content), {
      priority: 50,
      place: 'after',
      depth: entry.depth,
      role: entry.role,
    })
  for (const { entry } of lore.fired.filter(one => one.entry.position === 'end'))
    add(`lore: ${entry.name}`, expand(entry.content), { priority: 50, place: 'after' })
  add('last instructions', expand(sheet.postHistoryInstructions), { priority: 78, place: 'after' })
  if (sheet.profile !== '') add('profile protocol', profileProtocol, { priority: 99, required: true, place: 'after' })
  add('reminder', reminder, { priority: 100, required: true, place: 'after' })
  return parts
}

function macroValues({ character: { sheet }, personName, persona, recent, now, seed }: ComposeInput): MacroValues {
  return {
    char: sheet.nickname || sheet.name,
    user: plainName(persona?.name ?? personName ?? '') || 'the person',
    persona: persona?.description ?? '',
    description: sheet.description,
    personality: sheet.personality,
    scenario: sheet.scenario,
    exampleDialogue: sheet.exampleDialogue,
    lastMessage: recent.at(-1) ?? '',
    original: '',
    now,
    seed,
  }
}

/** A description longer than any prompt may not push the rest out: its head stays, its tail may go. */
function addRole(
  add: (name: string, text: string, keep: { priority: number; required?: boolean }) => void,
  text: string,
): void {
  const tokens = tokensOf(text)
  if (tokens <= firmTokens) return add('role', text, { priority: 90, required: true })
  const share = Math.floor((text.length * firmTokens) / tokens)
  const at = Math.max(text.lastIndexOf('\n', share), text.lastIndexOf('. ', share) + 1)
  const end = at > share / 2 ? at : share
  add('role', text.slice(0, end), { priority: 90, required: true })
  add('role, continued', text.slice(end).trim(), { priority: 70 })
}

function traitsText({ character: { sheet } }: ComposeInput): string {
  const lines = [
    sheet.traits.length > 0 ? `Traits: ${sheet.traits.join(', ')}.` : '',
    sheet.age ? `Age in the story: ${sheet.age}.` : '',
    sheet.gender ? `Gender: ${sheet.gender}.` : '',
    sheet.voice ? `Voice: ${sheet.voice}.` : '',
    sheet.language ? `First language: ${sheet.language}; answer in the language the person writes in.` : '',
  ]
  return lines.filter(line => line !== '').join(' ')
}

function sceneText({ character: { sheet }, sceneId, endingId }: ComposeInput): string {
  const ending = sheet.endings.find(({ id }) => id === endingId)
  if (ending)
    return `The story has reached its ending “${ending.title}”. Bring it to a close in this spirit: ${ending.text}`
  const scene = sheet.scenes.find(({ id }) => id === sceneId) ?? (sceneId === null ? sheet.scenes[0] : undefined)
  return scene ? `The present scene is “${scene.title}”. Stay in it until something leads on: ${scene.text}` : ''
}

function castText(name: string, cast: ComposeInput['cast']): string {
  if (cast.length === 0) return ''
  const others = cast.map(other => `- ${other.name}: ${other.blurb}`)
  return `Several characters are in this conversation. You are ${name} and speak for ${name} alone; never write lines of the others or of the person. The others:\n${others.join('\n')}`
}

/** 0 is the first greeting, then the alternate ones, then the start options. */
export function greetingOf({ character: { sheet }, greeting }: Pick<ComposeInput, 'character' | 'greeting'>): string {
  const all = [sheet.greeting, ...sheet.alternateGreetings, ...sheet.startOptions.map(({ text }) => text)]
  return all[greeting] ?? sheet.greeting
}
