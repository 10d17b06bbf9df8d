/** Run as a process of its own: starts the server as told in its argument and prints what came of it, then stays. */
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from '@luna/service/embedded'

const options = JSON.parse(process.argv[2] ?? '{}') as Pick<EmbeddedPostgresOptions, 'dataDir' | 'whenKilled'>
const print = (word: string, value: unknown) => process.stdout.write(`${word} ${JSON.stringify(value)}\n`)

try {
  const { url, pid, port, filesDir, adopted } = await startEmbeddedPostgres({
    ...options,
    onProgress: text => print('progress', text),
    log: { info: () => undefined, error: () => undefined },
  })
  print('started', { url, pid, port, filesDir, adopted })
  setInterval(() => undefined, 60_000)
} catch (error) {
  print('failed', { code: (error as { code?: string }).code, message: (error as Error).message })
}
