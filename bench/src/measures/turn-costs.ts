import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { needNats, needRedis, type RunningLuna, startLuna, waitFor } from '@luna/testing'
import pg from 'pg'
import { startModel } from '../kit/model.ts'
import { round } from '../kit/numbers.ts'
import { cpuSeconds, withChildren } from '../kit/processes.ts'
import { signIn } from '../kit/sign-in.ts'
import { openTalker } from '../kit/talker.ts'

export interface CostOptions {
  /** Turns that are measured, after as many for warmth. */
  turns: number
  /** People at once. */
  chats: number
  tokens: number
  /** `none`: processor time alone, undisturbed. `count`: statements and sockets. `profile`: where the time goes. */
  probe: 'none' | 'count' | 'profile'
}

/** What one process spent on a turn, on average. */
export interface ProcessCost {
  name: string
  cpuMs: number
  /** The text of each statement with how often it is sent in a turn. */
  statements: Record<string, number>
  writes: number
  reads: number
  bytes: number
}

interface Counted {
  statements: Record<string, number>
  sockets: Record<string, { writes: number; reads: number; bytes: number }>
}

/** Runs turns through a distributed Luna and says what each process, PostgreSQL and NATS spent on one. */
export async function turnCosts(options: CostOptions): Promise<{ costs: ProcessCost[]; dir: string }> {
  const { turns, chats, tokens, probe } = options
  const dir = await mkdtemp(join(tmpdir(), 'luna-costs-'))
  const model = await startModel('--tokens', String(tokens), '--tokens-per-write', '8')
  const nats = await needNats({ own: true })
  const redis = await needRedis({ own: true })
  if (!nats.available) throw new Error(nats.reason)
  if (!redis.available) throw new Error(redis.reason)
  const luna = await startLuna({
    topology: 'distributed',
    modelUrl: model.url,
    nats,
    redis,
    env: {
      LUNA_AUTH: 'accounts',
      LOG_LEVEL: 'warn',
      ...(probe === 'none'
        ? {}
        : {
            NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, '../kit/probe.js')).href}`,
            BENCH_PROBE_DIR: dir,
            BENCH_PROBE: probe,
          }),
    },
  })
  try {
    const talkers: Awaited<ReturnType<typeof openTalker>>[] = []
    for (let n = 0; n < chats; n += 1) talkers.push(await openTalker(luna.url, await signIn(luna.url)))
    const run = async (count: number) => {
      let left = count
      await Promise.all(
        talkers.map(async talker => {
          while (left-- > 0) await talker.turn('what do you think of the weather today')
        }),
      )
    }
    await run(turns)
    await settled(luna)
    const helpers = await helperPids(luna)
    const spent = () => new Map([...lunaPids(luna), ...helpers].map(([name, pids]) => [name, cpuSeconds(pids)]))
    await signal(luna, probe)
    const before = spent()
    await run(turns)
    await settled(luna)
    const after = spent()
    await signal(luna, probe)
    const counted = probe === 'none' ? new Map<string, Counted>() : await read(dir, luna, probe)
    for (const talker of talkers) talker.close()
    const costs = [...after].map(([name, seconds]): ProcessCost => {
      const found = counted.get(name)
      const sum = (key: 'writes' | 'reads' | 'bytes') =>
        round(Object.values(found?.sockets ?? {}).reduce((all, side) => all + side[key], 0) / turns)
      return {
        name,
        cpuMs: round(((seconds - (before.get(name) ?? 0)) * 1_000) / turns, 3),
        statements: Object.fromEntries(
          Object.entries(found?.statements ?? {})
            .map(([text, count]) => [text, round(count / turns)] as const)
            .filter(([, count]) => count > 0.02)
            .toSorted((a, b) => b[1] - a[1]),
        ),
        writes: sum('writes'),
        reads: sum('reads'),
        bytes: sum('bytes'),
      }
    })
    return { costs, dir }
  } finally {
    await luna.stop()
    await nats.stop()
    await redis.stop()
    await model.stop()
  }
}

const lunaPids = (luna: RunningLuna) => new Map(luna.processes.map(({ name, pid }) => [name as string, [pid]]))

async function signal(luna: RunningLuna, probe: CostOptions['probe']): Promise<void> {
  if (probe === 'none') return
  for (const { pid } of luna.processes) process.kill(pid, 'SIGUSR2')
}

async function read(dir: string, luna: RunningLuna, probe: CostOptions['probe']): Promise<Map<string, Counted>> {
  const files = () => readdir(dir)
  await waitFor(async () => (await files()).length >= luna.processes.length, { message: 'the probes to write' })
  const counted = new Map<string, Counted>()
  if (probe === 'count')
    for (const file of await files())
      counted.set(file.split('-')[0] ?? '', JSON.parse(await readFile(join(dir, file), 'utf8')) as Counted)
  return counted
}

/** Waits until every listener is through with what the turns left behind. */
async function settled(luna: RunningLuna): Promise<void> {
  const client = new pg.Client({ connectionString: await luna.databaseUrl() })
  await client.connect()
  const handled = async () => {
    const { rows } = await client.query<{ count: string }>(
      `select (select count(*) from memory.inbox) || '/' || (select count(*) from gateway.inbox) || '/' ||
         (select coalesce(sum(turns), 0) from moderation.risk_counts) || '/' || (select count(*) from chat.outbox) as count`,
    )
    return rows[0]?.count ?? ''
  }
  let last = ''
  let same = 0
  await waitFor(
    async () => {
      const now = await handled()
      same = now === last ? same + 1 : 0
      last = now
      return same > 10
    },
    { timeoutMs: 60_000, message: 'the listeners to be through' },
  )
  await client.end()
}

/** The backends of the database, and the NATS server. */
async function helperPids(luna: RunningLuna): Promise<Map<string, number[]>> {
  const client = new pg.Client({ connectionString: await luna.databaseUrl() })
  await client.connect()
  const { rows } = await client.query<{ pid: number; of: string }>(
    `select pid, application_name as of from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await client.end()
  const found = new Map<string, number[]>()
  for (const { pid, of } of rows) {
    const name = `postgres for ${of.replace('luna-', '')}`
    found.set(name, [...(found.get(name) ?? []), pid])
  }
  for (const pid of withChildren(process.pid)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    for (const server of ['nats-server', 'redis-server']) if (command.includes(server)) found.set(server, [pid])
  }
  return found
}
