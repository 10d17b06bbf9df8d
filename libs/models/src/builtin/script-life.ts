import type { Rule } from './rule.ts'

/** People, work, health and the small words of a conversation. */
export const lifeRules: readonly Rule[] = [
  {
    name: 'death',
    pattern: /\b(?:my )?([\p{L}]+) (?:has )?(?:died|passed away|is dead)\b/u,
    answers: ['I am sorry. What was it like to be together?', 'What do you wish you could still say?'],
    remembers: 'your loss',
  },
  {
    name: 'breakup',
    pattern: /\b(?:broke up|break ?up|divorce|divorced|split up|left me|dumped me|cheated)\b/,
    answers: [
      'That leaves a gap. What is the hardest hour of the day?',
      'What do you understand today that you did not then?',
    ],
    remembers: 'the separation',
  },
  {
    name: 'argument',
    pattern: /\b(?:argue|argued|argument|fight|fought|quarrel|quarrell?ed|conflict) (?:with |about )?(.*)/,
    answers: ['What was it about on the surface, and what underneath?', 'What would the other one say happened?'],
    remembers: 'the argument',
  },
  {
    name: 'mother-father',
    pattern: /\bmy (mother|father|parents)\b(.*)/,
    answers: [
      'Tell me more about your $1.',
      'How was it with your $1 when you were small?',
      'What have you taken over from your $1?',
    ],
    remembers: 'your $1',
  },
  {
    name: 'family',
    pattern: /\bmy (brother|sister|son|daughter|children|kids?|family|grand\w+|uncle|aunt|cousin|baby)\b/,
    answers: ['How is it between you and your $1?', 'What would your $1 say about this?'],
    remembers: 'your $1',
  },
  {
    name: 'partner',
    pattern: /\bmy (boyfriend|girlfriend|husband|wife|partner|fianc\w+|ex(?: \w+)?)\b/,
    answers: ['How are things with your $1 at present?', 'What does your $1 not know about this?'],
    remembers: 'your $1',
  },
  {
    name: 'friend',
    pattern: /\bmy ((?:best )?friends?|roommate|neighbou?r|teacher)\b/,
    answers: ['What does your $1 mean to you?', 'Could you talk with your $1 about it?'],
    remembers: 'your $1',
  },
  {
    name: 'pet',
    pattern: /\bmy (dog|cat|pet|horse|rabbit|bird)\b/,
    answers: ['What is your $1 like?', 'What does your $1 give you that people do not?'],
    remembers: 'your $1',
  },
  {
    name: 'work',
    pattern: /\b(?:my )?(boss|job|work|colleagues?|career|office|manager|coworkers?|interview)\b/,
    answers: [
      'What would a good day look like, as far as your $1 goes?',
      'How much of you does it take?',
      'What would you change about it first?',
    ],
    remembers: 'your work',
  },
  {
    name: 'study',
    pattern: /\b(exams?|school|university|college|homework|thesis|studies|grades?|class)\b/,
    answers: ['What do you expect of yourself there?', 'Whom would it disappoint if it went badly?'],
    remembers: 'your studies',
  },
  {
    name: 'money',
    pattern: /\b(money|debts?|rent|bills?|loan|broke)\b/,
    answers: ['What weighs more, the sum or what it stands for?', 'Who shares that worry with you?'],
    remembers: 'the money',
  },
  {
    name: 'sleep',
    pattern: /\b(?:can not|could not|do not|trouble) (?:sleep|fall asleep|sleeping)\b|\binsomnia\b|\bnightmares?\b/,
    answers: ['What goes through your head when you lie awake?', 'How were your evenings when you slept well?'],
    remembers: 'the nights',
  },
  {
    name: 'health',
    pattern: /\b(ill|sick|pain|doctor|hospital|headaches?|diagnos\w+|medication|anxiety|depression|panic attacks?)\b/,
    answers: [
      'How does it change your days? I am no doctor, and a program besides: please ask one about the medical side.',
      'Who knows about it?',
    ],
    remembers: 'your health',
  },
  {
    name: 'food',
    pattern: /\b(eating|food|hungry|weight|diet|cook(?:ing)?|dinner|lunch|breakfast)\b/,
    answers: ['What did you like about it as a child?', 'With whom do you eat?'],
  },
  {
    name: 'hobby',
    pattern:
      /\b(music|guitar|piano|painting|drawing|books?|reading|games?|gaming|running|football|garden\w*|hiking|travel\w*|movies?|films?)\b/,
    answers: ['What does it give you: $1?', 'How did you come to it?'],
    remembers: 'what you said about $1',
  },
  {
    name: 'future',
    pattern: /\b(tomorrow|next (?:week|month|year)|future|someday|plans?)\b/,
    answers: ['When you picture it, what do you see first?', 'What is the smallest step towards it?'],
  },
  {
    name: 'past',
    pattern: /\b(yesterday|last (?:night|week|month|year)|when i was|childhood|years ago|used to)\b/,
    answers: ['What has stayed with you from then?', 'How do you look at it now?'],
  },
  {
    name: 'because',
    pattern: /\bbecause (.+)/,
    answers: [
      'Is that the only reason?',
      'And if it were not so, what would be different?',
      'What other reason might there be?',
    ],
  },
  {
    name: 'always',
    pattern: /\b(always|never|everyone|everybody|nobody|no one|everything|nothing)\b/,
    answers: ['Really $1? Can you think of one exception?', 'When was it otherwise?'],
  },
  { name: 'if', pattern: /^(?:what )?if (.+)/, answers: ['How likely is it that $1?', 'And what would you do then?'] },
  {
    name: 'why',
    pattern: /^why (.+)/,
    answers: [
      'What answer would you like best?',
      'What have you come up with yourself?',
      'When did that question first come to you?',
    ],
  },
  {
    name: 'should-i',
    pattern: /\bshould i (.+)/,
    answers: ['What speaks for it, and what against?', 'If nobody ever learned of it, would you $1?'],
  },
  {
    name: 'question',
    pattern: /^(?:who|what|when|where|how|which|is|are|do|does|did) (.+)/,
    answers: ['What would the answer change for you?', 'Why do you ask?', 'What do you think yourself?'],
  },
  {
    name: 'sorry',
    pattern: /\b(sorry|apologi[sz]e)\b/,
    answers: ['There is nothing to be sorry for. Go on.', 'You need not apologise here.'],
  },
  {
    name: 'yes',
    pattern: /^(yes|yeah|yep|sure|of course|exactly|right|true|definitely|absolutely)\b/,
    answers: [
      'You seem sure. What else belongs to it?',
      'I see. And then?',
      'Tell me about the last time it was like that.',
    ],
  },
  {
    name: 'no',
    pattern: /^(no|nope|not really|nah)\b/,
    answers: ['What would be nearer to it?', 'All right. What is it, then?', 'Why not?'],
  },
  {
    name: 'maybe',
    pattern: /^(maybe|perhaps|possibly|kind of|sort of)\b/,
    answers: ['What would make you surer?', 'Which way do you lean?'],
  },
  {
    name: 'my',
    pattern: /\bmy ([\p{L}' -]+)$/u,
    answers: ['What about your $1 is on your mind?', 'Tell me more about your $1.'],
    remembers: 'your $1',
  },
  {
    name: 'i-am',
    pattern: /\bi am (.+)/,
    answers: ['How is it for you to be $1?', 'Since when are you $1?', 'How do others see it that you are $1?'],
  },
  {
    name: 'i-was',
    pattern: /\bi was (.+)/,
    answers: ['How was it for you to be $1?', 'What do you make of it today?'],
  },
  {
    name: 'i-have',
    pattern: /\bi have (.+)/,
    answers: ['What does it mean to you that you have $1?', 'How does that sit with you?'],
  },
  {
    name: 'i-did',
    pattern: /\bi ([\p{L}]+ .+)/u,
    answers: ['What did that feel like?', 'What happened next?', 'What led up to it?'],
  },
]
