import type { ServerFrame } from '@luna/contracts'
import type { RunningLuna } from '@luna/testing'
import { WebSocket } from 'ws'
import type { Figure } from '../kit/figure.ts'
import { quantile, round } from '../kit/numbers.ts'
import { signIn } from '../kit/sign-in.ts'
import { openTalker } from '../kit/talker.ts'

const goalMs = 50

/** Opening a long conversation: from `subscribe` on a socket that stands to its snapshot, and its last page over REST. */
export async function history(luna: RunningLuna, { messages, rounds }: { messages: number; rounds: number }) {
  const token = await signIn(luna.url)
  const talker = await openTalker(luna.url, token)
  const short: number[] = []
  const long: number[] = []
  for (let n = 0; n < messages / 2; n += 1) {
    const { firstMs } = await talker.turn(`Message ${n} of a long story`)
    if (n >= 20 && n < 120) short.push(firstMs)
    if (n >= messages / 2 - 100) long.push(firstMs)
  }
  talker.close()
  const conversationId = await onlyConversation(luna.url, token)
  const opened: number[] = []
  const paged: number[] = []
  for (let n = 0; n < rounds; n += 1) {
    opened.push(await open(luna.url, token, conversationId))
    paged.push(await page(luna.url, token, conversationId))
  }
  const of = `of ${messages} messages`
  return [
    figure(`open a conversation ${of}, p95`, opened),
    figure(`last page of a conversation ${of}, p95`, paged),
    {
      name: `first token at the end of a conversation ${of}, beside its beginning`,
      luna: round(quantile(long, 0.5)),
      plain: null,
      value: round(quantile(long, 0.5) / quantile(short, 0.5)),
      unit: 'x',
      goal: '<= 2 x',
      met: quantile(long, 0.5) <= 2 * quantile(short, 0.5),
    },
  ]
}

function figure(name: string, times: readonly number[]): Figure {
  const value = round(quantile(times, 0.95))
  return { name, luna: value, plain: null, value, unit: 'ms', goal: `<= ${goalMs} ms`, met: value <= goalMs }
}

async function get<T>(url: string, token: string, path: string): Promise<T> {
  const response = await fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

async function onlyConversation(url: string, token: string): Promise<string> {
  const { items } = await get<{ items: { id: string }[] }>(url, token, 'conversations')
  const [first] = items
  if (!first) throw new Error('The conversation that was written is not listed.')
  return first.id
}

async function page(url: string, token: string, conversationId: string): Promise<number> {
  const startedAt = performance.now()
  await get(url, token, `conversations/${conversationId}/messages?limit=50`)
  return performance.now() - startedAt
}

async function open(url: string, token: string, conversationId: string): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { perMessageDeflate: false })
  await new Promise(resolve => socket.once('open', resolve))
  const frame = (type: ServerFrame['type']) =>
    new Promise<void>(resolve => {
      socket.on('message', (data: Buffer) => {
        if ((JSON.parse(data.toString()) as ServerFrame).type === type) resolve()
      })
    })
  const ready = frame('ready')
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, token }))
  await ready
  const snapshot = frame('snapshot')
  const startedAt = performance.now()
  socket.send(JSON.stringify({ type: 'subscribe', conversationId }))
  await snapshot
  const took = performance.now() - startedAt
  socket.terminate()
  return took
}
