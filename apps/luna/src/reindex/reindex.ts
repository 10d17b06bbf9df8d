import { type CallOutput, LunaError, memory } from '@luna/contracts'
import { createCaller, createLogger, type Environment, openPlatform, system } from '@luna/service'
import { readSettings } from '../start/services.ts'

const width = 30

/** Makes the vectors of all memories anew with the embedder of now, beside a running Luna on shared servers. */
export async function reindex(env: Environment): Promise<void> {
  const { settings } = readSettings(env)
  if (!settings.platform.natsUrl)
    throw new LunaError(
      'invalid',
      'Reindexing asks a running Luna over the bus: set NATS_URL. An embedded Luna searches its own vectors exactly, and makes missing ones by itself.',
    )
  const platform = await openPlatform(settings.platform, { log: createLogger({ service: 'reindex', level: 'error' }) })
  const call = createCaller(platform.bus)
  try {
    let done = 0
    let cursor: string | undefined
    for (;;) {
      const page: CallOutput<typeof memory.calls.reindex> = await call(
        memory.calls.reindex,
        cursor === undefined ? {} : { cursor },
        { scope: system },
      )
      if (page.model === null)
        throw new LunaError('invalid', 'No embedding model is set: give LUNA_EMBEDDING_MODEL to the memory service.')
      done += page.done
      process.stdout.write(`\r${bar(done, page.total)} ${done} of ${page.total} people, ${page.model}`)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    process.stdout.write('\n')
  } finally {
    await platform.stop()
  }
}

const bar = (done: number, total: number): string => {
  const full = total === 0 ? width : Math.round((done / total) * width)
  return `[${'#'.repeat(Math.min(width, full))}${'.'.repeat(Math.max(0, width - full))}]`
}
