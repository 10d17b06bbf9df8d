import type { MoodPoint, Skills } from '@luna/contracts'

/** Names around the circle of affect, anticlockwise from the right: valence to the right, arousal upwards. */
const around = ['glad', 'cheerful', 'excited', 'tense', 'upset', 'sad', 'tired', 'quiet', 'calm', 'relaxed'] as const

/** The word for a point: `even` near the middle, else by its direction. */
export function nameOfMood({ valence, arousal }: MoodPoint): string {
  if (Math.hypot(valence, arousal) < 0.12) return 'even'
  const turn = (Math.atan2(arousal, valence) / (2 * Math.PI) + 1) % 1
  const index = [0.05, 0.17, 0.3, 0.4, 0.475, 0.56, 0.68, 0.76, 0.86, 0.96].findIndex(edge => turn < edge)
  return around[index < 0 ? 0 : index] ?? 'even'
}

const tones: Readonly<Record<string, string>> = {
  even: 'even and attentive',
  glad: 'warm and glad',
  cheerful: 'light and cheerful',
  excited: 'lively and full of energy',
  tense: 'alert and careful with words',
  upset: 'sober and plain-spoken',
  sad: 'soft and slow',
  tired: 'low-key and brief',
  quiet: 'quiet and unhurried',
  calm: 'calm and steady',
  relaxed: 'easy and relaxed',
}

const degree = (value: number): string => (value >= 0.75 ? 'very' : value >= 0.45 ? 'fairly' : 'a little')

/** The mood as the prompt carries it: a matter of tone, never a claim on the person. */
export function moodWords(point: MoodPoint, { empathy, humour, patience }: Skills): string {
  return `Tone for now: ${tones[nameOfMood(point)] ?? tones['even']}. Be ${degree(empathy)} attuned to feelings, ${degree(humour)} playful where it fits, ${degree(patience)} patient. Let this colour how you write and nothing else: do not speak of it unless asked, and never make the person answerable for it.`
}
