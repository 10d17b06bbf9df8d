import { createInterface } from 'node:readline/promises'
import { createLuna, type Luna, type SocketConstructor } from '@luna/client'
import { LunaError } from '@luna/contracts'
import type { Environment } from '@luna/service'
import { WebSocket } from 'ws'
import { printFrames } from './print-frames.ts'

export interface TalkOptions {
  url: string
  token?: string
  character?: string
}

const dim = (text: string) => (process.stdout.isTTY ? `\u001B[2m${text}\u001B[0m` : text)

/** A conversation in the terminal. Where no Luna runs, one is started here for as long as the talk goes on. */
export async function talk(options: TalkOptions, env: Environment): Promise<void> {
  const own = (await answers(options.url)) ? null : await startHere(options, env)
  const luna = createLuna({
    baseUrl: options.url,
    WebSocket: WebSocket as unknown as SocketConstructor,
    client: { name: 'luna-chat', version: '0.1.0' },
    ...(options.token ? { token: options.token } : {}),
  })
  try {
    if (!options.token) await luna.auth.local()
    await converse(luna, options)
  } finally {
    await own?.stop()
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2_000) }).then(
    response => response.ok,
    () => false,
  )

async function startHere(options: TalkOptions, env: Environment) {
  if (options.token)
    throw new LunaError('unavailable', `No Luna answers at ${options.url}. Check the address, or start it there.`)
  process.stdout.write(dim('No Luna runs yet; starting one for this talk…\n'))
  const { startAll } = await import('../start/start-all.ts')
  return startAll({ LOG_LEVEL: 'error', ...env })
}

async function converse(luna: Luna, { character }: TalkOptions): Promise<void> {
  const characterId = character ? (await findCharacter(luna, character)).id : undefined
  const connection = luna.connect()
  const turns = printFrames(connection, text => process.stdout.write(text))
  const input = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY })
  process.stdout.write(dim('Write, and press Enter. Ctrl-C stops an answer; twice, or Ctrl-D, ends the talk.\n'))
  input.on('SIGINT', () => {
    const turnId = turns.running()
    if (turnId) connection.cancel(turnId)
    else input.close()
  })
  let conversationId: string | undefined
  input.setPrompt('\nyou  › ')
  input.prompt()
  for await (const line of input) {
    const text = line.trim()
    if (text !== '') {
      const { accepted } = connection.send({
        text,
        ...(conversationId ? { conversationId } : characterId ? { characterId } : {}),
      })
      try {
        const frame = await accepted
        conversationId = frame.conversationId
        await turns.ended(frame.turnId)
      } catch (error) {
        process.stdout.write(dim(`\n${LunaError.from(error).message}\n`))
      }
    }
    input.prompt()
  }
  connection.close()
}

async function findCharacter(luna: Luna, slug: string) {
  const { items } = await luna.characters.list({})
  const found = items.find(item => item.slug === slug)
  if (!found)
    throw new LunaError(
      'not-found',
      `There is no character "${slug}". There are: ${items.map(item => item.slug).join(', ')}.`,
    )
  return found
}
