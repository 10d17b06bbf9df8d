import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { needNats, needRedis, startLuna } from '@luna/testing'
import { type Figure, printTable } from './kit/figure.ts'
import { startModel } from './kit/model.ts'
import { characterSearch } from './measures/characters.ts'
import { paced, throughput } from './measures/chats.ts'
import { coldStart } from './measures/cold-start.ts'
import { composeFromCache } from './measures/compose.ts'
import { firstToken } from './measures/first-token.ts'
import { history } from './measures/history.ts'
import { idleConnections } from './measures/idle-connections.ts'
import { benchHosts, pluginRuns } from './measures/plugins.ts'
import { recallAtSize } from './measures/recall.ts'

/** `npm run bench [-- --quick] [--only distributed|embedded|paced|history|plugins|start]`: every figure beside the plain client in the same run, as a table and as JSON. */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
})
const tokens = 200
const effort = values.quick
  ? { rounds: 60, waves: 3, turnsEach: 2, starts: 1, messages: 1_000 }
  : { rounds: 300, waves: 7, turnsEach: 4, starts: 7, messages: 10_000 }

const say = (text: string) => process.stderr.write(`${text}\n`)
const figures: Figure[] = []
const wanted = (part: string) => values.only === undefined || values.only.includes(part)

async function withLuna(
  topology: 'embedded' | 'distributed',
  modelArgs: string[],
  measure: (luna: Awaited<ReturnType<typeof startLuna>>, modelUrl: string) => Promise<void>,
): Promise<void> {
  const model = await startModel(...modelArgs)
  const nats = topology === 'distributed' ? await needNats({ own: true }) : null
  const redis = topology === 'distributed' ? await needRedis({ own: true }) : null
  if (nats && !nats.available) throw new Error(nats.reason)
  if (redis && !redis.available) throw new Error(redis.reason)
  const luna = await startLuna({
    topology,
    modelUrl: model.url,
    env: {
      LUNA_AUTH: 'accounts',
      LOG_LEVEL: 'warn',
      LUNA_PLUGIN_HOSTS: benchHosts,
      LUNA_PLUGIN_RUNS_PER_DAY: '1000000',
    },
    ...(nats?.available ? { nats } : {}),
    ...(redis?.available ? { redis } : {}),
  })
  try {
    await measure(luna, model.url)
  } finally {
    await luna.stop()
    if (nats?.available) await nats.stop()
    if (redis?.available) await redis.stop()
    await model.stop()
  }
}

for (const topology of ['distributed', 'embedded'] as const) {
  if (!wanted(topology)) continue
  say(`${topology}: first token, throughput …`)
  await withLuna(topology, ['--tokens', String(tokens), '--tokens-per-write', '8'], async (luna, modelUrl) => {
    figures.push(await firstToken(luna, modelUrl, effort.rounds))
    figures.push(...(await throughput(luna, modelUrl, { waves: effort.waves, turnsEach: effort.turnsEach, tokens })))
    if (topology === 'distributed') figures.push(await idleConnections(luna))
  })
}
if (wanted('paced')) {
  say('paced model …')
  await withLuna(
    'distributed',
    ['--tokens', '40', '--first-token-ms', '200', '--tokens-per-second', '50'],
    async (luna, modelUrl) => {
      figures.push(await paced(luna, modelUrl, effort.waves))
    },
  )
}
if (wanted('history')) {
  say(`a conversation of ${effort.messages} messages …`)
  await withLuna('embedded', ['--tokens', '10'], async luna => {
    figures.push(...(await history(luna, { messages: effort.messages, rounds: 100 })))
  })
}
if (wanted('plugins')) {
  say('runs of plugins …')
  await withLuna('embedded', ['--tokens', '10'], async luna => {
    figures.push(...(await pluginRuns(luna, effort.rounds)))
  })
}
if (wanted('characters')) {
  say('characters: search, compose …')
  await withLuna('embedded', [], async luna => {
    figures.push(await composeFromCache(luna, effort.rounds))
    figures.push(await characterSearch(luna, 10_000, effort.rounds))
  })
}
if (wanted('recall')) {
  say('recall with 50,000 memories …')
  figures.push(...(await recallAtSize(effort.rounds)))
}
if (wanted('start')) {
  say('cold starts …')
  const model = await startModel('--tokens', '20')
  figures.push(...(await coldStart(model.url, effort.starts)))
  await model.stop()
}

printTable(figures)
const results = new URL('../results/', import.meta.url)
await mkdir(results, { recursive: true })
const file = new URL(`${new Date().toISOString().replaceAll(':', '-')}.json`, results)
await writeFile(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cores: cpus().length, figures }, null, 2)}\n`,
)
say(`written to bench/results/${file.pathname.split('/').at(-1)}`)
process.exit(0)
