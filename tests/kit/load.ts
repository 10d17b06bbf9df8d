import { type Connection, isTurnEnd, type Timings, type TurnEnd, uuidv7 } from '@luna/client'
import type { ServerFrame } from '@luna/contracts'
import { parseCursor } from '@luna/contracts'
import { expectedAnswer, type RunningLuna, waitFor } from '@luna/testing'
import type { WebSocket } from 'ws'
import { query } from './database.ts'
import { shownText } from './fold.ts'
import { clientAt, signUp } from './people.ts'

export interface LoadOptions {
  turns: number
  /** People who talk at once, each in a conversation of their own, one turn after the other. */
  people: number
  tokens: number
  seed: number
  /** The sockets that people use; ordinary ones unless given. */
  Socket?: typeof WebSocket
  /** How long clients wait for what, over what tests have. */
  timings?: Partial<Timings>
}

/** What must all be 0 (references/faults.md). */
export interface Figures {
  /** Accepted, without exactly one end that stands. */
  LOST: number
  /** Answers or turns beyond one for a message. */
  DUP: number
  /** Steps back or repeated places that a client saw. */
  OOO: number
  /** Answers that are not what the model said, or not what was shown. */
  CORRUPT: number
}

interface Talk {
  readonly text: string
  readonly turnId: string
  readonly conversationId: string
  readonly end: TurnEnd
  readonly shown: string
}

/** A stream of numbers in [0, 1) that a seed repeats (Mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** How many turns there have been so far, for a fault that waits for the middle of things. */
export interface Progress {
  readonly accepted: number
  readonly ended: number
}

/**
 * People who talk while `trouble` happens, each over a client that resumes by itself. Ends when every turn has ended.
 * @returns the figures, checked from what clients saw, what is stored and what the model says
 */
export async function underLoad(
  luna: RunningLuna,
  options: LoadOptions,
  trouble: (progress: Progress) => Promise<void>,
): Promise<Figures> {
  const progress = { accepted: 0, ended: 0 }
  const perPerson = Math.ceil(options.turns / options.people)
  const people = await Promise.all(
    Array.from({ length: options.people }, async (_, index) => {
      const { token } = await signUp(luna.url)
      const url = luna.urls[index % luna.urls.length] ?? luna.url
      const client = clientAt(url, token, options.Socket, options.timings)
      const { id } = await client.conversations.create()
      return { connection: client.connect(), conversationId: id }
    }),
  )
  const frames = people.map(({ connection }) => collect(connection))
  const talking = Promise.all(
    people.map(({ connection, conversationId }, index) =>
      talk(connection, conversationId, perPerson, frames[index] ?? [], progress),
    ),
  )
  await Promise.all([talking, trouble(progress)])
  const talks = (await talking).flat()
  for (const { connection } of people) connection.close()
  return judge(luna, options, talks, frames)
}

function collect(connection: Connection): ServerFrame[] {
  const frames: ServerFrame[] = []
  connection.on('frame', frame => void frames.push(frame))
  return frames
}

async function talk(
  connection: Connection,
  conversationId: string,
  times: number,
  frames: ServerFrame[],
  progress: { accepted: number; ended: number },
): Promise<Talk[]> {
  const talks: Talk[] = []
  connection.subscribe(conversationId)
  for (let time = 0; time < times; time += 1) {
    const text = `Tell me of ${uuidv7()}`
    const from = frames.length
    const { turnId } = await connection.send({ text, conversationId }).accepted
    progress.accepted += 1
    const end = await waitFor(() => endOf(frames, from, turnId), {
      timeoutMs: 90_000,
      message: `the end of turn ${turnId}`,
    })
    progress.ended += 1
    talks.push({ text, turnId, conversationId, end, shown: shownText(frames.slice(from), turnId) })
  }
  return talks
}

/** The end of a turn as a client knows it: by its frame, or by a snapshot that has its answer. */
function endOf(frames: readonly ServerFrame[], from: number, turnId: string): TurnEnd | undefined {
  for (const frame of frames.slice(from)) {
    if (isTurnEnd(frame) && frame.turnId === turnId) return frame
    if (frame.type !== 'snapshot' || frame.turn?.turnId === turnId) continue
    const message = frame.messages.find(({ role, turnId: of }) => role === 'assistant' && of === turnId)
    if (message) return { type: 'turn.completed', turnId, message } as TurnEnd
  }
  return undefined
}

async function judge(
  luna: RunningLuna,
  { tokens }: LoadOptions,
  talks: readonly Talk[],
  frames: readonly (readonly ServerFrame[])[],
): Promise<Figures> {
  const stored = await query<{ id: string; state: string; answers: number }>(
    luna,
    `select t.id, t.state, count(m.id)::int as answers
       from chat.turns t left join chat.messages m on m.turn_id = t.id and m.role = 'assistant'
      where t.id = any($1) group by t.id`,
    [talks.map(({ turnId }) => turnId)],
  )
  const byId = new Map(stored.map(row => [row.id, row]))
  const conversations = [...new Set(talks.map(({ conversationId }) => conversationId))]
  const [all] = await query<{ n: number }>(
    luna,
    'select count(*)::int as n from chat.turns where conversation_id = any($1)',
    [conversations],
  )
  const figures: Figures = { LOST: 0, DUP: (all?.n ?? 0) - talks.length, OOO: 0, CORRUPT: 0 }
  for (const { text, turnId, end, shown } of talks) {
    const row = byId.get(turnId)
    if (!row || row.state !== 'completed' || end.type !== 'turn.completed') {
      figures.LOST += 1
      const why = end.type === 'turn.failed' ? `${end.error.code}: ${end.error.message}` : end.type
      process.stderr.write(`LOST turn ${turnId}, stored as ${row?.state ?? 'nothing'}, shown as ${why}\n`)
    }
    if (row && row.answers > 1) figures.DUP += row.answers - 1
    const answer = end.type === 'turn.completed' ? end.message.text : ''
    if (answer !== expectedAnswer(text, tokens) || (shown !== '' && shown !== answer)) figures.CORRUPT += 1
  }
  for (const seen of frames) figures.OOO += disorder(seen)
  return figures
}

/** Frames that stand at or before a place already seen, and ends of a turn beyond the first. */
function disorder(frames: readonly ServerFrame[]): number {
  let found = 0
  let at = { epoch: -1, n: -1 }
  const ended = new Set<string>()
  for (const frame of frames) {
    if (!('cursor' in frame) || !('conversationId' in frame)) continue
    const place = parseCursor(frame.conversationId, frame.cursor)
    if (!place) found += 1
    else if (frame.type === 'snapshot' || frame.type === 'subscribed') at = place
    else if (place.epoch < at.epoch || (place.epoch === at.epoch && place.n <= at.n)) {
      if (!isTurnEnd(frame) || ended.has(frame.turnId)) found += 1
    } else at = place
    if (isTurnEnd(frame)) {
      if (ended.has(frame.turnId)) found += 1
      ended.add(frame.turnId)
    }
  }
  return found
}
