import {
  type CallOutput,
  memory,
  moderation,
  type Policy,
  personality,
  plugins,
  type Recalled,
  type Receipt,
  type RiskLevel,
  type Tool,
} from '@luna/contracts'
import { person } from '@luna/service'
import type { ChatContext } from '../context.ts'

type Degraded = Receipt['degraded'][number]
type Composed = CallOutput<typeof personality.calls.compose>
type Checked = CallOutput<typeof moderation.calls.check>

/** What the other services said; null where one was late or away. */
export interface Gathered {
  verdict: Checked | null
  /** What holds for this person and character; null: moderation did not say. */
  policy: Policy | null
  composed: Composed | null
  tools: Tool[]
  recalled: Recalled[]
  cut: { what: string; tokens: number }[]
  degraded: Degraded[]
}

export interface GatherOptions {
  personId: string
  conversationId: string | null
  characterId: string | null
  turnId: string
  revision: number | undefined
  /** The text that is answered; empty when the companion begins. */
  text: string
  recent: readonly string[]
  /** What the person wrote before, oldest first: risk is seen over lines. */
  lines: readonly string[]
  /** What the gateway saw in the text. */
  seen: RiskLevel
  exceptMessageIds: readonly string[]
  signal: AbortSignal
}

/** Milliseconds that a turn waits for its context; then it goes on without, and its receipt says so. */
const patienceMs = 1_000

/** Of what the person wrote before, so much goes along: a crisis is seen by its course, not by a life. */
const mostLines = 12
const longestLine = 4_000

/** Asks moderation, memory, personality and plugins at once. */
export async function gather(ctx: ChatContext, options: GatherOptions): Promise<Gathered> {
  const settings = { scope: person(options.personId), deadlineMs: patienceMs, signal: options.signal }
  const { characterId, conversationId, turnId, text } = options
  const degraded: Degraded[] = []
  const orElse = <T>(what: Degraded, asking: Promise<T>): Promise<T | null> =>
    asking.catch((error: unknown) => {
      options.signal.throwIfAborted()
      degraded.push(what)
      ctx.log.warn({ turnId, what, reason: (error as Error).message }, 'a turn goes on without a part of its context')
      return null
    })

  const [verdict, told, composed, offered, remembered] = await Promise.all([
    text === ''
      ? null
      : orElse(
          'moderation',
          ctx.call(
            moderation.calls.check,
            {
              text,
              direction: 'person',
              conversationId,
              turnId,
              characterId,
              recent: options.lines.slice(-mostLines).map(line => line.slice(0, longestLine)),
              seen: options.seen,
            },
            settings,
          ),
        ),
    text === '' ? orElse('moderation', ctx.call(moderation.calls.getPolicy, { characterId }, settings)) : null,
    orElse(
      'personality',
      ctx.names
        .of(options.personId)
        .then(personName =>
          ctx.call(
            personality.calls.compose,
            { characterId, conversationId, recent: [...options.recent], ...(personName ? { personName } : {}) },
            settings,
          ),
        ),
    ),
    orElse('plugins', ctx.call(plugins.calls.tools, { characterId, conversationId }, settings)),
    text === ''
      ? null
      : orElse(
          'memory',
          ctx.call(
            memory.calls.recall,
            {
              query: text,
              characterId,
              conversationId,
              exceptMessageIds: options.exceptMessageIds.slice(-500),
              ...(options.revision === undefined ? {} : { revision: options.revision }),
            },
            settings,
          ),
        ),
  ])
  return {
    verdict,
    policy: verdict?.policy ?? told,
    composed,
    tools: offered?.tools ?? [],
    recalled: remembered?.items ?? [],
    cut: remembered?.cut ?? [],
    degraded,
  }
}
