import type { Rule } from './rule.ts'

const i =
  '\\bi (?:am|feel|felt|have been feeling|was feeling|am feeling) (?:so |very |really |just |a bit |quite |pretty |too |always |often )*'
const feeling = (name: string, words: string, answers: readonly string[], remembers?: string): Rule => ({
  name,
  pattern: new RegExp(`${i}(?:${words})\\b`),
  answers,
  ...(remembers ? { remembers } : {}),
})

/** What the person feels, wants and thinks. */
export const feelingRules: readonly Rule[] = [
  feeling(
    'sad',
    'sad|down|depressed|unhappy|miserable|low|hopeless|empty|heartbroken',
    [
      'I am sorry that you feel that way. When did it begin?',
      'What makes it heavier, and what makes it a little lighter?',
      'If the sadness could speak, what would it say?',
    ],
    'your sadness',
  ),
  feeling(
    'lonely',
    'lonely|alone|isolated|left out|abandoned',
    ['Being alone with it is hard. When did you last feel close to somebody?', 'Whom do you miss?'],
    'the loneliness',
  ),
  feeling(
    'anxious',
    'anxious|afraid|scared|worried|nervous|terrified|panicking|stressed|overwhelmed',
    [
      'What is the worst that you expect, and how likely is it?',
      'Where in your body do you notice it?',
      'What has helped you before, when you felt like this?',
    ],
    'your worry',
  ),
  feeling(
    'angry',
    'angry|mad|furious|annoyed|frustrated|irritated|pissed',
    [
      'What was it that crossed the line?',
      'Whom are you angry with, if you are quite honest?',
      'What would you say to them if it had no consequences?',
    ],
    'your anger',
  ),
  feeling(
    'tired',
    'tired|exhausted|burned out|burnt out|worn out|sleepy|drained',
    ['How long have you been running on so little?', 'What takes the most out of you?'],
    'how tired you are',
  ),
  feeling(
    'ashamed',
    'ashamed|guilty|embarrassed|worthless|a failure|not good enough|useless',
    ['What would you say to a friend who told you the same?', 'Whose voice is it that says so?'],
    'that feeling of not being enough',
  ),
  feeling('happy', 'happy|glad|great|excited|proud|better|relieved|grateful|fine|good|ok|okay', [
    'That is good to read. What brought it about?',
    'What would you like to keep from this?',
    'Who else should know about it?',
  ]),
  feeling(
    'bored',
    'bored|stuck|lost|confused|numb',
    ['What would you do if you knew that it would go well?', 'Since when?'],
    'feeling stuck',
  ),
  {
    name: 'cry',
    pattern: /\bi (?:was |am |have been |keep )?(?:cry|cried|crying)\b/,
    answers: ['What were the tears about?', 'Was anybody with you?'],
    remembers: 'the tears',
  },
  {
    name: 'can-not',
    pattern: /\bi can not (.+)/,
    answers: [
      'What would happen if you could $1?',
      'What stands in the way, when you try to $1?',
      'Could you ever $1?',
    ],
  },
  {
    name: 'want',
    pattern: /\bi (?:want|need|would like|wish|hope) (?:to |for |that )?(.+)/,
    answers: [
      'What would it mean to you: $1?',
      'Suppose it came true. What would be different the next morning?',
      'What keeps you from it?',
    ],
  },
  {
    name: 'love',
    pattern: /\bi (?:really |still )?(?:love|like|adore|enjoy) (.+)/,
    answers: ['What is it about $1 that draws you?', 'When did you discover that?'],
    remembers: 'what you said about $1',
  },
  {
    name: 'hate',
    pattern: /\bi (?:really |just )?(?:hate|dislike|can not stand|despise) (.+)/,
    answers: ['What is it about $1 that you can not bear?', 'Has it always been so with $1?'],
    remembers: 'what you said about $1',
  },
  {
    name: 'miss',
    pattern: /\bi (?:really |still )?miss (.+)/,
    answers: ['What do you miss most about $1?', 'When do you feel it most that $1 is not there?'],
    remembers: '$1, whom or which you miss',
  },
  {
    name: 'think',
    pattern: /\bi (?:think|believe|guess|suppose|feel like|feel that) (?:that )?(.+)/,
    answers: ['What makes you think that $1?', 'How sure are you that $1?', 'And if it were otherwise?'],
  },
  {
    name: 'do-not-know',
    pattern: /\bi (?:do not know|have no idea|am not sure|am unsure)\b/,
    answers: [
      'If you had to guess?',
      'What part of it do you know?',
      'It need not be certain. What is your first thought?',
    ],
  },
  {
    name: 'regret',
    pattern: /\bi (?:should have|should not have|regret|wish i had) (.+)/,
    answers: ['What did you know then, and what do you know now?', 'What would you do with a second chance?'],
    remembers: 'what you regret',
  },
  {
    name: 'remember',
    pattern: /\bi (?:remember|recall|keep thinking (?:of|about)|can not stop thinking (?:of|about)) (.+)/,
    answers: ['What comes with the thought of $1?', 'Why does $1 come up now, do you think?'],
    remembers: '$1',
  },
  {
    name: 'dream',
    pattern: /\bi (?:had a dream|dreamed|dreamt|have (?:had )?(?:dreams|nightmares))\b(?: about | of | that )?(.*)/,
    answers: ['How did you feel in the dream?', 'What in your days looks a little like that dream?'],
    remembers: 'your dream',
  },
]
