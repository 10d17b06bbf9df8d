import { fileURLToPath } from 'node:url'
import { type RunningLuna, runProcess, waitFor } from '@luna/testing'
import { WebSocket } from 'ws'
import type { Figure } from '../kit/figure.ts'
import { round } from '../kit/numbers.ts'
import { memoryBytes } from '../kit/processes.ts'
import { signIn } from '../kit/sign-in.ts'

const count = 1_000

async function openIdle(url: string, hello: string): Promise<WebSocket[]> {
  const sockets: WebSocket[] = []
  for (let n = 0; n < count; n += 1) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { perMessageDeflate: false })
    await new Promise((resolve, reject) => {
      socket.once('open', () => socket.send(hello))
      socket.once('message', resolve)
      socket.once('error', reject)
      socket.once('close', code => reject(new Error(`closed with ${code}`)))
    })
    sockets.push(socket)
  }
  return sockets
}

/** Bytes that each of 1,000 connections costs a process, once it has settled. */
async function bytesEach(pid: number, url: string, hello: string): Promise<number> {
  const warm = await openIdle(url, hello)
  const before = await settled(pid)
  const sockets = await openIdle(url, hello)
  const after = await settled(pid)
  for (const socket of [...warm, ...sockets]) socket.terminate()
  return (after - before) / count
}

/** The smallest reading once three in a row do not fall any more. */
async function settled(pid: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  let unchanged = 0
  await waitFor(
    () => {
      const now = memoryBytes([pid])
      unchanged = now < best * 0.999 ? 0 : unchanged + 1
      best = Math.min(best, now)
      return unchanged >= 3
    },
    { timeoutMs: 20_000, message: 'memory has settled' },
  )
  return best
}

export async function idleConnections(luna: RunningLuna): Promise<Figure> {
  const bare = await runProcess({
    entry: fileURLToPath(new URL('./bare-socket-server.ts', import.meta.url)),
    ready: /^http/,
  })
  const bareUrl = (await bare.line(/^http/)).trim()
  const plain = await bytesEach(bare.pid, bareUrl, 'x')
  await bare.kill()
  const token = await signIn(luna.url)
  const hello = JSON.stringify({ type: 'hello', protocol: 1, token })
  const ours = await bytesEach(luna.process('gateway').pid, luna.url, hello)
  const value = round(ours / plain)
  return {
    name: 'memory an idle connection (KB)',
    luna: round(ours / 1024, 1),
    plain: round(plain / 1024, 1),
    value,
    unit: 'x bare @fastify/websocket',
    goal: '<= 2 x',
    met: value <= 2,
  }
}
