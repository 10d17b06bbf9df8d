import type { TurnImpression } from './step.ts'

/** Scores a text from -1 to 1. */
export type Sentiment = (text: string) => number

let loading: Promise<Sentiment> | undefined

/**
 * VADER (Hutto and Gilbert, 2014): a lexicon and rules made for short informal English, emoji included. Words of other
 * languages that it does not know come from a short list of our own. Loaded when the first turn ends.
 */
export const loadSentiment = (): Promise<Sentiment> => {
  loading ??= import('vader-sentiment').then(({ default: vader }) => text => {
    const short = text.slice(0, 8_000)
    const english = vader.SentimentIntensityAnalyzer.polarity_scores(short).compound
    return english === 0 ? elsewhere(short) : english
  })
  return loading
}

/** Common words for how one feels, by their stems, in German, French, Spanish, Portuguese, Italian, Dutch and Hindi. */
const glad =
  /(?<!\p{L})(?:glücklich|froh|freu|super|toll|schön|danke|wunderbar|heureu|content|merci|génial|adore|feliz|content[oa]|gracias|genial|encanta|obrigad|ótim|adoro|felice|grazie|fantastico|blij|geweldig|bedankt|खुश|धन्यवाद|अच्छ)/giu
const low =
  /(?<!\p{L})(?:traurig|allein|angst|schlecht|müde|hasse|verzweifelt|schlimm|triste|seul|peur|fatigué|déteste|désespéré|solo|sola|miedo|cansad|odio|sozinh|medo|solitudine|paura|stanc|verdrietig|bang|eenzaam|moe|दुखी|अकेल|डर|थक)/giu

function elsewhere(text: string): number {
  const [up, down] = [text.match(glad)?.length ?? 0, text.match(low)?.length ?? 0]
  return up + down === 0 ? 0 : ((up - down) / (up + down)) * Math.min(0.8, 0.4 + 0.1 * (up + down))
}

const laughter = /(?:\b(?:ha){2,}h?|\blol\b|\blmao\b|\b(?:ja){2,}|😂|🤣|😄|😆)/i

/** What a turn was like: mostly by what the person said, a little by the answer. */
export function impressionOf(
  sentimentOf: Sentiment,
  said: { person: string; character: string },
  turn: { turnId: string; at: number },
): TurnImpression {
  const [person, character] = [sentimentOf(said.person), sentimentOf(said.character)]
  const sentiment = said.person === '' ? character * 0.3 : person * 0.8 + character * 0.2
  const letters = said.person.match(/\p{Lu}|\p{Ll}/gu)?.length ?? 0
  const capitals = said.person.match(/\p{Lu}/gu)?.length ?? 0
  const shouted = letters > 12 && capitals / letters > 0.6 ? 0.3 : 0
  const marks = Math.min(3, said.person.match(/!/g)?.length ?? 0) * 0.12
  const energy = Math.min(1, 0.35 + Math.abs(person) * 0.3 + marks + shouted)
  return {
    ...turn,
    sentiment: Math.round(sentiment * 1e4) / 1e4,
    energy: Math.round(energy * 1e4) / 1e4,
    laughed: laughter.test(said.person),
  }
}
