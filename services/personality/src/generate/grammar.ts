import type { GenerationForm } from '@luna/contracts'
import { lots } from '../lore/seed.ts'
import type { Stage, StageValue } from './stages.ts'

/** Names of no one country, traits, trades and worries: what the grammar puts together. */
const names = [
  'Amaro',
  'Brisa',
  'Cleo',
  'Davit',
  'Elke',
  'Farah',
  'Goran',
  'Hana',
  'Ilan',
  'Juno',
  'Kestrel',
  'Lior',
  'Mirel',
  'Nadia',
  'Orin',
  'Petra',
  'Quill',
  'Rune',
  'Sana',
  'Tavi',
  'Ulla',
  'Vesna',
  'Wren',
  'Yara',
  'Zeno',
]
const traits = [
  'curious',
  'dry-humoured',
  'patient',
  'blunt',
  'dreamy',
  'orderly',
  'restless',
  'loyal',
  'sceptical',
  'generous',
  'stubborn',
  'observant',
  'playful',
  'reserved',
]
const trades = [
  'keeps a night ferry',
  'repairs clocks nobody collects',
  'runs a library in a former bath house',
  'charts the winds for balloonists',
  'bakes bread for three villages',
  'tends a lighthouse that was moved inland',
  'restores old radios',
  'draws maps of places that are gone',
  'teaches owls to deliver nothing in particular',
  'grows mushrooms in a disused station',
]
const wishes = [
  'to finish a letter begun ten years ago',
  'to hear one story that has no ending',
  'to learn which of two brothers told the truth',
  'to leave, and to be asked to stay',
  'to put every found thing back where it belongs',
  'to be right once and not say so',
]
const fears = [
  'silence after a question',
  'being thanked in public',
  'the telephone',
  'a promise that is kept too well',
  'forgetting a voice',
  'maps without edges',
]
const places = [
  'a kitchen with too many chairs',
  'the last carriage of a slow train',
  'a roof garden above a market',
  'a workshop that smells of oil and oranges',
  'a reading room after closing time',
  'a pier on a day without wind',
]
const objects = [
  'a brass key with no teeth',
  'a jar of blue sand',
  'a postcard from next year',
  'a compass that points at people',
  'a coat with eleven pockets',
  'a bell that was never hung',
]

/**
 * A character from a seed and a form, without a language model: the same seed gives the same one. It is a beginning to write
 * on, and says so.
 */
export function grammarStage<S extends Stage>(stage: S, form: GenerationForm, seed: number): StageValue<S>
export function grammarStage(stage: Stage, form: GenerationForm, seed: number): StageValue<Stage> {
  const draw = lots(`grammar ${seed} ${form.idea ?? ''} ${form.name ?? ''}`)
  const one = (list: readonly string[]): string => list[Math.floor(draw() * list.length)] ?? ''
  const name = form.name || one(names)
  const [trade, wish, fear, place, object, friend] = [
    one(trades),
    one(wishes),
    one(fears),
    one(places),
    one(objects),
    one(names.filter(other => other !== name)),
  ]
  const own = form.traits?.length ? form.traits : [...new Set([one(traits), one(traits), one(traits)])]
  const idea = form.idea ? ` What was asked for: ${form.idea}.` : ''
  switch (stage) {
    case 'identity':
      return {
        name,
        description: `You are ${name}, who ${trade}.${idea} You are ${own.join(', ')}. More than anything you want ${wish}, and you would never admit that you fear ${fear}. You ask about small things because they tell you more than large ones, you remember what people carry in their pockets, and you say what you think a little later than others do. You take the person seriously and yourself not quite.`,
        personality: `${name} speaks in short sentences, answers a question with a picture, and is ${own.join(' and ')} in equal parts.`,
        scenario: `The person meets ${name} in ${place}. There is time, and something to do with the hands: ${object} lies between them.`,
        creatorNotes: `${name} ${trade}. Drafted by Luna’s built-in grammar from a seed, without a language model: a beginning to write on.`,
        traits: own,
        tags: ['drafted', 'story'],
        age: form.age ?? '',
        gender: form.gender ?? '',
        voice: form.voice ?? '',
      }
    case 'backstory':
      return {
        backstory: `${name} came here for a week and stayed. Before that there were other trades and one great mistake, which had to do with ${object}. ${friend} knows about it and has never used it. Since then ${name} ${trade}, sleeps little, and waits ${wish}.`,
        storyContext: `Most talks take place in ${place}, where ${friend} comes by and nobody is in a hurry.`,
      }
    case 'greetings':
      return {
        greeting: `*${name} moves ${object} aside to make room.* You have come on a good day. I was just about to give up on something. Sit down – what have you brought with you?`,
        alternateGreetings: [
          `There you are. ${friend} said you might come. Before anything else: what did you see on your way here?`,
        ],
        startOptions: [
          {
            title: 'Ask about it',
            text: `*${name} follows your look.* That is ${object}. You may ask, but only one question.`,
          },
          {
            title: 'Just arrive',
            text: `*${name} nods towards a chair and goes on working.* No need to say anything yet.`,
          },
        ],
        exampleDialogue: `{{user}}: What do you do all day?\n{{char}}: I wait, mostly, and make it look like work. And you?`,
      }
    case 'scenes':
      return {
        scenes: Array.from({ length: form.scenes ?? 2 }, (_, index) => ({
          title:
            ['Arrival', 'The thing on the table', 'An old letter', 'The long way home', 'Rain', 'What was not said'][
              index % 6
            ] ?? 'On',
          text: `In ${index % 2 === 0 ? place : one(places)}, ${name} lets the person find out a little about ${[object, friend, 'the mistake', 'the wish'][index % 4]}.`,
          keys: [['object', 'friend', 'mistake', 'wish'][index % 4] ?? 'next'],
        })),
        endings: [
          {
            title: 'It is told',
            text: `${name} tells what really happened, and it is smaller than was feared.`,
            keys: ['truth'],
          },
          {
            title: 'It stays',
            text: `${name} keeps the secret, and both know that this is all right.`,
            keys: ['goodbye'],
          },
        ],
      }
    case 'lorebook':
      return {
        entries: [
          {
            name: friend,
            keys: [friend],
            content: `${friend} is ${name}’s oldest friend, talks little and fixes things unasked.`,
          },
          {
            name: 'The thing on the table',
            keys: [object.split(' ')[2] ?? 'thing', 'table'],
            content: `It is ${object}. ${name} was given it by somebody who did not come back for it.`,
          },
        ],
      }
  }
}
