import {
  type CharacterSheet,
  type MoodPoint,
  profileNames,
  type Scene,
  type Skills,
  sheetLimits,
} from '@luna/contracts'
import { type CardDocument, isObject, type Json } from './card.ts'

/** Where a field of the sheet stands in a card's data. */
const cardFields = {
  name: 'name',
  nickname: 'nickname',
  description: 'description',
  personality: 'personality',
  scenario: 'scenario',
  greeting: 'first_mes',
  alternateGreetings: 'alternate_greetings',
  exampleDialogue: 'mes_example',
  systemPrompt: 'system_prompt',
  postHistoryInstructions: 'post_history_instructions',
  creatorNotes: 'creator_notes',
  creator: 'creator',
  characterVersion: 'character_version',
  tags: 'tags',
} as const satisfies Partial<Record<keyof CharacterSheet, string>>

/** The names that Pygmalion's own JSON used before the cards had a specification. */
const oldNames: Record<string, string> = {
  name: 'char_name',
  description: 'char_persona',
  scenario: 'world_scenario',
  first_mes: 'char_greeting',
  mes_example: 'example_dialogue',
}

export const neutralSkills: Skills = { empathy: 0.6, humour: 0.5, patience: 0.6 }
export const neutralMood: MoodPoint = { valence: 0.15, arousal: 0 }

const cut = (value: string, max: number): string => (value.length <= max ? value : [...value].slice(0, max).join(''))
const textOf = (value: unknown, max: number): string =>
  typeof value === 'string' ? cut(value, max) : typeof value === 'number' ? String(value) : ''
const textsOf = (value: unknown, max: number, count: number): string[] =>
  (Array.isArray(value) ? value : [])
    .filter((item): item is string => typeof item === 'string' && item !== '')
    .slice(0, count)
    .map(item => cut(item, max))
const within = (value: unknown, least: number, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(1, Math.max(least, value)) : fallback

/** Luna's own fields of a card. */
export const lunaOf = (data: Json): Json => {
  const extensions = data['extensions']
  return isObject(extensions) && isObject(extensions['luna']) ? extensions['luna'] : {}
}

/** What the card says, as Luna works with it. Never throws: what has a wrong shape is left out, and stays in the card. */
export function sheetOf({ data }: Pick<CardDocument, 'data'>): CharacterSheet {
  const field = (name: string, max: number): string => textOf(data[name] ?? data[oldNames[name] ?? ''], max)
  const own = lunaOf(data)
  const { line, paragraph, page } = sheetLimits
  const ownLine = (name: string): string => textOf(own[name], line)
  const mood = isObject(own['mood']) ? own['mood'] : {}
  const skills = isObject(own['skills']) ? own['skills'] : {}
  const profile = own['profile']
  return {
    name: field('name', line) || '?',
    nickname: field('nickname', line),
    description: field('description', page),
    personality: field('personality', page),
    scenario: field('scenario', page),
    greeting: field('first_mes', page),
    alternateGreetings: textsOf(data['alternate_greetings'], page, sheetLimits.list),
    exampleDialogue: field('mes_example', page),
    systemPrompt: field('system_prompt', page),
    postHistoryInstructions: field('post_history_instructions', page),
    creatorNotes: field('creator_notes', page),
    creator: field('creator', line),
    characterVersion: field('character_version', line),
    tags: [...new Set(textsOf(data['tags'], 64, 32))],
    traits: textsOf(own['traits'], line, 32),
    age: ownLine('age'),
    gender: ownLine('gender'),
    voice: ownLine('voice'),
    language: textOf(own['language'], 35),
    backstory: textOf(own['backstory'], page),
    storyContext: textOf(own['storyContext'], page),
    startOptions: objects(own['startOptions'], 20).map(option => ({
      title: textOf(option['title'], line),
      text: textOf(option['text'], page),
    })),
    scenes: objects(own['scenes'], 50).map(sceneOf(paragraph)),
    endings: objects(own['endings'], 20).map(sceneOf(paragraph)),
    mood: {
      valence: within(mood['valence'], -1, neutralMood.valence),
      arousal: within(mood['arousal'], -1, neutralMood.arousal),
    },
    skills: {
      empathy: within(skills['empathy'], 0, neutralSkills.empathy),
      humour: within(skills['humour'], 0, neutralSkills.humour),
      patience: within(skills['patience'], 0, neutralSkills.patience),
    },
    profile: profileNames.find(name => name === profile) ?? '',
  }
}

const objects = (value: unknown, count: number): Json[] =>
  (Array.isArray(value) ? value : []).filter(isObject).slice(0, count)

const sceneOf =
  (max: number) =>
  (value: Json, index: number): Scene => ({
    id: textOf(value['id'], 64) || String(index + 1),
    title: textOf(value['title'], sheetLimits.line),
    text: textOf(value['text'], max),
    keys: textsOf(value['keys'], sheetLimits.line, 20),
  })

/**
 * The card with changed fields, and nothing else touched. V1 fields that a tool repeats beside `data` follow, so that
 * both readings agree.
 */
export function withChanges(card: CardDocument, changes: Partial<CharacterSheet>): CardDocument {
  const before = sheetOf(card)
  const data: Json = { ...card.data }
  const envelope: Json = { ...card.envelope }
  const own: Json = { ...lunaOf(card.data) }
  let ownChanged = false
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || JSON.stringify(value) === JSON.stringify(before[name as keyof CharacterSheet])) continue
    const field = (cardFields as Record<string, string>)[name]
    if (field === undefined) {
      own[name] = value
      ownChanged = true
      continue
    }
    data[field] = value
    const old = oldNames[field]
    if (old !== undefined && old in data) data[old] = value
    if (typeof envelope[field] === typeof value) envelope[field] = value
  }
  if (ownChanged) {
    const extensions = isObject(data['extensions']) ? data['extensions'] : {}
    data['extensions'] = { ...extensions, luna: own }
  }
  return { ...card, envelope, data }
}

/** A card of a sheet that was never a file. */
export const newCard = (sheet: Partial<CharacterSheet> & { name: string }): CardDocument =>
  withChanges(
    {
      spec: 'v3',
      envelope: { spec: 'chara_card_v3', spec_version: '3.0' },
      data: {
        name: sheet.name,
        description: '',
        personality: '',
        scenario: '',
        first_mes: '',
        mes_example: '',
        creator_notes: '',
        system_prompt: '',
        post_history_instructions: '',
        alternate_greetings: [],
        group_only_greetings: [],
        tags: [],
        creator: '',
        character_version: '',
        extensions: {},
      },
    },
    sheet,
  )
