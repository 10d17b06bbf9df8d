import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LunaError, pluginId } from '@luna/contracts'

const code = `// Runs in a sandbox: no network, no files, no Node. What is granted is in \`luna\`: fetch, storage, memory, timers, now.

export function initialize(luna) {}

export async function execute(action, { name }, luna) {
  const greeted = ((await luna.storage.get('greeted')) ?? 0) + 1
  await luna.storage.set('greeted', greeted)
  return \`Hello \${name}, you are number \${greeted}.\`
}

export function cleanup() {}
`

const tests = [{ action: 'greet', arguments: { name: 'Ada' }, expect: 'Hello Ada' }]

/** Makes a folder that `luna plugin test` passes at once. @throws LunaError */
export async function newPlugin(id: string, directory: string): Promise<void> {
  const checked = pluginId.safeParse(id)
  if (!checked.success)
    throw new LunaError(
      'invalid',
      `"${id}" is no id of a plugin: it ${checked.error.issues[0]?.message ?? 'does not fit'}.`,
    )
  const manifest = {
    manifest: 1,
    id,
    name: id,
    version: '0.1.0',
    author: 'you',
    description: 'Greets somebody, and counts how often.',
    capabilities: { storage: true },
    actions: [
      {
        name: 'greet',
        description: 'Greets a person by name.',
        effect: 'act',
        parameters: {
          type: 'object',
          properties: { name: { type: 'string', maxLength: 100 } },
          required: ['name'],
          additionalProperties: false,
        },
        run: { type: 'code' },
      },
    ],
    commands: [
      {
        name: 'greet',
        description: 'Greets somebody: /greet Ada',
        action: 'greet',
        arguments: [{ name: 'name', required: true, rest: true }],
      },
    ],
  }
  await mkdir(directory, { recursive: true })
  const write = (name: string, text: string) =>
    writeFile(join(directory, name), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw new LunaError('conflict', `${join(directory, name)} is there already.`)
      throw error
    })
  await write('plugin.json', `${JSON.stringify(manifest, null, 2)}\n`)
  await write('plugin.js', code)
  await write('tests.json', `${JSON.stringify(tests, null, 2)}\n`)
  process.stdout.write(`Made ${directory}. Try it: luna plugin test ${directory}\n`)
}
