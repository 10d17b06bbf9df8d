import { createModels, findProviders } from '@luna/models'
import { createLogger, type Environment, openPlatform } from '@luna/service'
import { readSettings, type Settings } from '../start/services.ts'

type Finding = { what: string; state: 'ok' | 'note' | 'bad'; text: string }

const marks = { ok: '✓', note: '·', bad: '✗' } as const

/** What is configured, what can be reached, what to do. Exit code 1 when something is wrong. */
export async function doctor(env: Environment): Promise<number> {
  const findings: Finding[] = []
  const note = (what: string, state: Finding['state'], text: string) => {
    findings.push({ what, state, text })
    process.stdout.write(`  ${marks[state]} ${what.padEnd(10)} ${text}\n`)
  }
  checkNode(note)
  let settings: Settings
  try {
    settings = readSettings(env).settings
    note('settings', 'ok', 'every setting is valid')
  } catch (error) {
    note('settings', 'bad', (error as Error).message)
    return 1
  }
  await checkGateway(settings.gateway, note)
  await checkPlatform(settings, note)
  await checkModels(env, note)
  return findings.some(finding => finding.state === 'bad') ? 1 : 0
}

type Note = (what: string, state: Finding['state'], text: string) => void

function checkNode(note: Note): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const fits = major > 20 || (major === 20 && minor >= 19)
  note('node', fits ? 'ok' : 'bad', fits ? process.version : `${process.version}: Luna needs 20.19 or newer`)
}

async function checkGateway({ host, port }: { host: string; port: number }, note: Note): Promise<void> {
  const url = `http://${host}:${port}/health/ready`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    note('gateway', response.ok ? 'ok' : 'bad', `${url} answers ${response.status}`)
  } catch {
    note('gateway', 'note', `nothing answers at ${host}:${port}; \`npm start\` starts it`)
  }
}

async function checkPlatform({ platform: settings }: Settings, note: Note): Promise<void> {
  const log = createLogger({ service: 'doctor', level: 'silent' })
  if (!settings.databaseUrl) {
    note('database', 'ok', `embedded, in ${settings.dataDir}`)
    note('bus', 'ok', settings.natsUrl ? 'NATS' : 'in process')
    return
  }
  try {
    const platform = await openPlatform(settings, { log })
    note('database', 'ok', 'PostgreSQL answers at DATABASE_URL')
    await platform.bus.check()
    note('bus', 'ok', settings.natsUrl ? 'NATS answers at NATS_URL' : 'in process')
    await platform.stop()
  } catch (error) {
    note('platform', 'bad', (error as Error).message)
  }
}

async function checkModels(env: Environment, note: Note): Promise<void> {
  try {
    const { providers } = await findProviders(env)
    const models = createModels({ providers })
    const { builtIn, chat, embedding } = models.describe()
    await models.close()
    if (builtIn)
      note('model', 'note', 'none: the built-in responder answers. Set OPENAI_API_KEY, or start Ollama on this machine')
    else note('model', 'ok', `${chat.model} by ${chat.provider}`)
    note(
      'vectors',
      embedding ? 'ok' : 'note',
      embedding
        ? `${embedding.model} by ${embedding.provider}`
        : 'off: LUNA_EMBEDDING_MODEL is not set; memory searches words',
    )
  } catch (error) {
    note('model', 'bad', (error as Error).message)
  }
}
