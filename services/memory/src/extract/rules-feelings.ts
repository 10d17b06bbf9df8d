import type { Rule } from './rules.ts'

const feelings: Readonly<Record<string, number>> = {
  happy: 0.8,
  glad: 0.6,
  proud: 0.8,
  grateful: 0.8,
  thankful: 0.8,
  excited: 0.8,
  thrilled: 0.9,
  relieved: 0.6,
  calm: 0.5,
  hopeful: 0.6,
  content: 0.5,
  sad: -0.7,
  depressed: -0.9,
  lonely: -0.8,
  anxious: -0.7,
  nervous: -0.5,
  worried: -0.6,
  scared: -0.7,
  afraid: -0.6,
  stressed: -0.6,
  overwhelmed: -0.7,
  exhausted: -0.5,
  angry: -0.7,
  frustrated: -0.6,
  hurt: -0.7,
  heartbroken: -0.9,
  ashamed: -0.7,
  guilty: -0.6,
  jealous: -0.5,
  miserable: -0.9,
  hopeless: -1,
}

/** An object that is worth a preference: one thing, not a clause. */
function thing(raw = ''): string | null {
  const what = raw
    .replace(
      /\s+(?:so much|a lot|very much|more than anything|anymore|any more|now|these days|too|though|again)\b.*$/i,
      '',
    )
    .replace(/\s+(?:because|since|when|but|and I|even|after|before|while|although)\b.*$/i, '')
    .replace(/[.!,;:]+$/, '')
    .trim()
  const words = what.split(/\s+/)
  if (what === '' || words.length > 6) return null
  return /^(?:it|that|this|them|him|her|you|me|how|what|to be|the way|the idea|everything|nothing)\b/i.test(what)
    ? null
    : what
}

const about = (what: string): string =>
  `feels about ${what.toLowerCase().replace(/^(?:the|my|a|an|going to|to)\s+/, '')}`

/** Likes, dislikes, favourites, feelings. */
export const feelingRules: readonly Rule[] = [
  {
    name: 'dislike',
    pattern:
      /\bI\s+(?:(?:really|absolutely|now|just|truly|actually)\s+)*(?:hate|dislike|detest|loathe|despise|can['’]?t stand|cannot stand|don['’]t like|do not like|don['’]t enjoy|no longer (?:like|love|enjoy)|stopped (?:liking|loving|enjoying))\s+([^.!?;]{2,60})/i,
    read([, raw]) {
      const what = thing(raw)
      return what
        ? {
            text: `The person does not like ${what}.`,
            kind: 'preference',
            predicate: about(what),
            importance: 3,
            valence: -0.6,
            tags: ['dislike'],
          }
        : null
    },
  },
  {
    name: 'like',
    pattern:
      /\bI\s+(?:(?:really|absolutely|just|truly|actually|also|still|now|simply)\s+)*(?:love|adore|like|enjoy|['’]m (?:fond of|into|crazy about)|am (?:fond of|into|crazy about))\s+([^.!?;]{2,60})/i,
    read([match, raw]) {
      const what = thing(raw)
      return what && !/\b(?:don['’]t|not|no longer|used to)\b/i.test(match)
        ? {
            text: `The person likes ${what}.`,
            kind: 'preference',
            predicate: about(what),
            importance: 3,
            valence: 0.6,
            tags: ['like'],
          }
        : null
    },
  },
  {
    name: 'favourite',
    pattern: /\bmy (?:all-time )?favou?rite ([\p{L} ]{2,30}?) (?:is|are)(?: now| still| actually)? ([^.!?;,]{2,60})/iu,
    read: ([, kind = '', what = '']) => ({
      text: `The person’s favourite ${kind.toLowerCase()} is ${what.trim()}.`,
      kind: 'preference',
      predicate: `favourite ${kind.toLowerCase()}`,
      importance: 3,
      valence: 0.5,
      tags: ['like'],
    }),
  },
  {
    name: 'feeling',
    pattern: new RegExp(
      `\\bI(?:['’]m|['’]ve been| am| feel| felt| have been)(?: feeling)?(?:\\s+(?:so|very|really|pretty|quite|a bit|a little|extremely|just))*\\s+(${Object.keys(feelings).join('|')})\\b([^.!?;]{0,100})`,
      'i',
    ),
    read: ([, feeling = '', rest = '']) => ({
      text: `The person felt ${feeling.toLowerCase()}${rest
        .replace(/\bmy\b/gi, 'their')
        .replace(/\b(?:I|me)\b/g, 'they')
        .trimEnd()}.`,
      kind: 'emotion',
      importance: 2,
      valence: feelings[feeling.toLowerCase()] ?? 0,
      tags: [feeling.toLowerCase()],
    }),
  },
  {
    name: 'worry',
    pattern: /\bI(?:['’]m| am)?\s*(?:so |really |always )?worr(?:y|ied) (?:about|that)\s+([^.!?;]{3,80})/i,
    read: ([, what = '']) => ({
      text: `The person worries about ${what.replace(/\bmy\b/gi, 'their').trim()}.`,
      kind: 'emotion',
      importance: 3,
      valence: -0.6,
      tags: ['worry'],
    }),
  },
]
