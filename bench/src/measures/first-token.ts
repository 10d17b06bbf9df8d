import type { RunningLuna } from '@luna/testing'
import type { Figure } from '../kit/figure.ts'
import { median, round } from '../kit/numbers.ts'
import { openPlain } from '../kit/plain.ts'
import { signIn } from '../kit/sign-in.ts'
import { openTalker } from '../kit/talker.ts'

/** Time to first token with a model that answers at once, turn by turn, Luna and the plain client in alternation. */
export async function firstToken(luna: RunningLuna, modelUrl: string, rounds: number): Promise<Figure> {
  const talker = await openTalker(luna.url, await signIn(luna.url))
  const plain = openPlain(modelUrl)
  const times = { luna: [] as number[], plain: [] as number[] }
  for (let n = 0; n < rounds + 20; n += 1) {
    const ours = await talker.turn(`round ${n}`)
    const theirs = await plain.turn(`round ${n}`)
    if (n < 20) continue
    times.luna.push(ours.firstMs)
    times.plain.push(theirs.firstMs)
  }
  talker.close()
  const [ours, theirs] = [median(times.luna), median(times.plain)]
  const value = round((ours - theirs) / theirs)
  return {
    name: `added time to first token, ${luna.topology} (ms)`,
    luna: round(ours),
    plain: round(theirs),
    value,
    unit: 'x plain, added',
    goal: '<= 10 x',
    met: value <= 10,
  }
}
