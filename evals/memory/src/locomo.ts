import { z } from 'zod'

/** A conversation of LoCoMo's public layout, with its questions. */
export interface Sample {
  readonly speakers: readonly [string, string]
  readonly sessions: readonly Session[]
  readonly questions: readonly Question[]
}

export interface Session {
  readonly at: Date
  readonly turns: readonly { id: string; speaker: string; text: string }[]
}

export interface Question {
  readonly text: string
  /** 1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial. */
  readonly category: number
  /** Ids of the turns that hold the answer. */
  readonly evidence: readonly string[]
}

export interface Read {
  readonly samples: readonly Sample[]
  /** Questions left out because no evidence of theirs is in the file. */
  readonly left: number
  /** Evidence that had to be read out of something else than one id. */
  readonly mended: number
}

const turn = z.looseObject({
  speaker: z.string(),
  dia_id: z.string(),
  text: z.string(),
  blip_caption: z.string().optional(),
})
const question = z.looseObject({
  question: z.union([z.string(), z.number()]).transform(String),
  category: z.number(),
  evidence: z.array(z.string()).default([]),
})
const file = z.array(
  z.looseObject({
    conversation: z.looseObject({ speaker_a: z.string(), speaker_b: z.string() }),
    qa: z.array(question),
  }),
)

const months = 'january february march april may june july august september october november december'.split(' ')

/** `1:56 pm on 8 May, 2023`, or anything that JavaScript reads. */
export function readDate(text: string): Date {
  const found = /(\d{1,2}):(\d{2})\s*(am|pm)\s+on\s+(\d{1,2})\s+(\p{L}+),?\s+(\d{4})/iu.exec(text)
  if (!found) return new Date(text)
  const [, hour, minute, half, day, month = '', year] = found
  const hours = (Number(hour) % 12) + (half?.toLowerCase() === 'pm' ? 12 : 0)
  return new Date(Date.UTC(Number(year), months.indexOf(month.toLowerCase()), Number(day), hours, Number(minute)))
}

/** @throws an error that says what of the file is not in the layout */
export function readLocomo(json: unknown): Read {
  const parsed = file.safeParse(json)
  if (!parsed.success)
    throw new Error(`This file is not in LoCoMo’s layout:\n${z.prettifyError(parsed.error).slice(0, 2_000)}`)
  let left = 0
  let mended = 0
  const samples = parsed.data.map(({ conversation, qa }): Sample => {
    const sessions = sessionsOf(conversation)
    const known = new Set(sessions.flatMap(session => session.turns.map(({ id }) => id)))
    const questions = qa.flatMap(({ question: text, category, evidence }): Question[] => {
      const ids = evidence.flatMap(each => {
        const found = [...each.matchAll(/D:?(\d+):(\d+)/g)].map(([, session, place]) => `D${session}:${Number(place)}`)
        if (found.length !== 1 || found[0] !== each) mended += 1
        return found
      })
      const there = [...new Set(ids)].filter(id => known.has(id))
      if (there.length > 0) return [{ text, category, evidence: there }]
      left += 1
      return []
    })
    return { speakers: [conversation.speaker_a, conversation.speaker_b], sessions, questions }
  })
  return { samples, left, mended }
}

function sessionsOf(conversation: Record<string, unknown>): Session[] {
  return Object.keys(conversation)
    .flatMap(key => /^session_(\d+)$/.exec(key)?.[1] ?? [])
    .map(Number)
    .toSorted((one, other) => one - other)
    .flatMap(number => {
      const turns = z.array(turn).parse(conversation[`session_${number}`] ?? [])
      const at = readDate(String(conversation[`session_${number}_date_time`] ?? ''))
      if (turns.length === 0) return []
      if (Number.isNaN(at.getTime())) throw new Error(`session_${number}_date_time is no date that can be read`)
      return [
        {
          at,
          turns: turns.map(each => ({
            id: each.dia_id,
            speaker: each.speaker,
            text: each.blip_caption ? `${each.text} [${each.blip_caption}]` : each.text,
          })),
        },
      ]
    })
}
