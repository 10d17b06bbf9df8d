import { createModels, findProviders } from '@luna/models'
import { type Environment, onShutdown } from '@luna/service'
import { startAll } from './start-all.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** `npm start`: everything in one process; says in a few lines where to open it, which model answers, where data lies. */
export async function start(env: Environment): Promise<void> {
  const luna = await startAll(env, {
    onProgress: message => say(`  ${message}`),
    onLost: error => {
      process.stderr.write(`The embedded database is gone: ${error.message}\n`)
      process.exit(1)
    },
  })
  const { platform, gateway } = luna.settings
  const host = gateway.host.includes(':') ? `[${gateway.host}]` : gateway.host
  say('')
  say(`  Luna is ready after ${(performance.now() / 1_000).toFixed(1)} s`)
  say('')
  say(`    open    http://${host}:${gateway.port}`)
  say(`    model   ${await modelLine(env)}`)
  say(`    data    ${platform.databaseUrl ? 'the database of DATABASE_URL' : platform.dataDir}`)
  say('')
  say('  Ctrl-C stops it. `npx luna chat` talks here in the terminal, `npx luna doctor` checks everything.')
  say('')
  onShutdown(luna.log, luna.stop)
}

async function modelLine(env: Environment): Promise<string> {
  const { providers } = await findProviders(env)
  const models = createModels({ providers })
  const { builtIn, chat } = models.describe()
  await models.close()
  return builtIn
    ? 'the built-in responder (no language model found; the README says how to give it one)'
    : `${chat.model} by ${chat.provider}`
}
