import type { RunningLuna } from '@luna/testing'
import type { Figure } from '../kit/figure.ts'
import { median, round } from '../kit/numbers.ts'
import { openPlain } from '../kit/plain.ts'
import { cpuSeconds } from '../kit/processes.ts'
import { signIn } from '../kit/sign-in.ts'
import { openTalker, type TurnTimes } from '../kit/talker.ts'

interface Wave {
  seconds: number
  turns: TurnTimes[]
}

type Turn = (text: string) => Promise<TurnTimes>

async function wave(chats: readonly Turn[], turnsEach: number): Promise<Wave> {
  const startedAt = performance.now()
  const turns = await Promise.all(
    chats.map(async turn => {
      const done: TurnTimes[] = []
      for (let n = 0; n < turnsEach; n += 1) done.push(await turn(`turn ${n}`))
      return done
    }),
  )
  return { seconds: (performance.now() - startedAt) / 1_000, turns: turns.flat() }
}

async function openChats(luna: RunningLuna, count: number) {
  const chats = []
  for (let n = 0; n < count; n += 1) chats.push(await openTalker(luna.url, await signIn(luna.url)))
  return chats
}

const chatCount = 50

/** Tokens a second at 50 chats at once, and turns a core-second of every Luna process, in alternating waves. */
export async function throughput(
  luna: RunningLuna,
  modelUrl: string,
  { waves, turnsEach, tokens }: { waves: number; turnsEach: number; tokens: number },
): Promise<Figure[]> {
  const talkers = await openChats(luna, chatCount)
  const plain = openPlain(modelUrl)
  const ours = talkers.map(({ turn }) => turn)
  const theirs = Array.from({ length: chatCount }, (): Turn => plain.turn)
  await wave(ours, 1)
  await wave(theirs, 1)
  const rates = { luna: [] as number[], plain: [] as number[], perCore: [] as number[] }
  const pids = luna.processes.map(({ pid }) => pid)
  for (let n = 0; n < waves; n += 1) {
    const before = cpuSeconds(pids)
    const lunaWave = await wave(ours, turnsEach)
    rates.perCore.push(lunaWave.turns.length / (cpuSeconds(pids) - before))
    rates.luna.push((lunaWave.turns.length * tokens) / lunaWave.seconds)
    const plainWave = await wave(theirs, turnsEach)
    rates.plain.push((plainWave.turns.length * tokens) / plainWave.seconds)
  }
  for (const talker of talkers) talker.close()
  const ratio = round(median(rates.luna) / median(rates.plain))
  const perCore = round(median(rates.perCore), 1)
  return [
    {
      name: `tokens/s at ${chatCount} chats, ${luna.topology}`,
      luna: Math.round(median(rates.luna)),
      plain: Math.round(median(rates.plain)),
      value: ratio,
      unit: 'x plain',
      goal: '>= .50 x',
      met: ratio >= 0.5,
    },
    {
      name: `turns of ${tokens} tokens a core-second, ${luna.topology}`,
      luna: perCore,
      plain: null,
      value: perCore,
      unit: '/s',
      goal: '>= 175 /s',
      met: perCore >= 175,
    },
  ]
}

/** A model at human pace: what 50 people at once wait for their first word. */
export async function paced(luna: RunningLuna, modelUrl: string, waves: number): Promise<Figure> {
  const talkers = await openChats(luna, chatCount)
  const plain = openPlain(modelUrl)
  const ours = talkers.map(({ turn }) => turn)
  const theirs = Array.from({ length: chatCount }, (): Turn => plain.turn)
  await wave(ours, 1)
  const times = { luna: [] as number[], plain: [] as number[] }
  for (let n = 0; n < waves; n += 1) {
    times.luna.push(...(await wave(ours, 1)).turns.map(({ firstMs }) => firstMs))
    times.plain.push(...(await wave(theirs, 1)).turns.map(({ firstMs }) => firstMs))
  }
  for (const talker of talkers) talker.close()
  const value = round(median(times.luna) / median(times.plain))
  return {
    name: `first token, paced model, ${chatCount} chats, ${luna.topology} (ms)`,
    luna: round(median(times.luna), 1),
    plain: round(median(times.plain), 1),
    value,
    unit: 'x plain',
    goal: '<= 1.10 x',
    met: value <= 1.1,
  }
}
