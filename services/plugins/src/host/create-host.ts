import { createHash } from 'node:crypto'
import { type Grant, LunaError, memory } from '@luna/contracts'
import { person } from '@luna/service'
import type { PluginsContext, PluginsTx } from '../context.ts'
import { fill, type Values } from '../http/template.ts'
import type { SecretStore } from '../secrets/secrets.ts'
import { withoutSecrets } from '../secrets/secrets.ts'
import type { HostRequest, HostResponse, PluginHost } from './plugin-host.ts'
import { createStorage } from './storage.ts'
import { createTimers } from './timers.ts'

export interface HostOptions {
  ctx: PluginsContext
  personId: string
  pluginId: string
  callId: string
  granted: Grant
  conversationId: string | null
  characterId: string | null
  signal: AbortSignal
  secrets: SecretStore
}

/** The host of one run, and what the run has written: it becomes true with the end of the run, or not at all. */
export interface HostOfRun {
  readonly host: PluginHost
  /** Writes what was set, in the transaction that ends the run. */
  commit(tx: PluginsTx): Promise<void>
}

const requireRight = (granted: boolean, what: string): void => {
  if (!granted)
    throw new LunaError('forbidden', `The plugin may not use ${what}: it was not asked for, or not granted.`)
}

/** A UUID (version 8, RFC 9562) made of the call, so that the same call writes the same thing once. */
export function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function createHost(options: HostOptions): HostOfRun {
  const { ctx, personId, pluginId, callId, granted, secrets, signal } = options
  const scope = person(personId)
  const storage = createStorage(ctx, personId, pluginId)
  const timers = createTimers(options)
  let remembered = 0

  async function fetch(asked: HostRequest): Promise<HostResponse> {
    const values: Values = {
      arguments: {},
      async secret(name) {
        const value = await secrets.get(name)
        if (value === null) throw new LunaError('invalid', `The secret ${name} was not given. Add it to the plugin.`)
        return value
      },
    }
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(asked.headers ?? {})) headers[name] = await fillSecrets(value, values)
    const url = await fillSecrets(asked.url, values, encodeURIComponent)
    const response = await ctx.safeFetch.fetch({
      url,
      method: asked.method,
      headers,
      body: asked.body,
      hosts: granted.hosts,
      signal,
    })
    const hidden = secrets.seen()
    const text = withoutSecrets(Buffer.from(response.bytes).toString('utf8'), hidden)
    return {
      status: response.status,
      headers: JSON.parse(withoutSecrets(JSON.stringify(response.headers), hidden)) as Record<string, string>,
      text,
    }
  }

  const host: PluginHost = {
    personId,
    conversationId: options.conversationId,
    characterId: options.characterId,
    signal,
    now: () => ctx.clock.now(),
    random: () => ctx.random.number(),
    fetch,
    storage: {
      async get(key) {
        requireRight(granted.storage, 'storage')
        return storage.get(key)
      },
      async set(key, value) {
        requireRight(granted.storage, 'storage')
        return storage.set(key, value)
      },
      async delete(key) {
        requireRight(granted.storage, 'storage')
        return storage.delete(key)
      },
      async list(prefix) {
        requireRight(granted.storage, 'storage')
        return storage.list(prefix)
      },
    },
    memory: {
      async recall(query, limit = 10) {
        requireRight(granted.memory.read, 'memory')
        return (
          await ctx.call(memory.calls.recall, { query, limit, characterId: options.characterId }, { scope, signal })
        ).items
      },
      async remember(text) {
        requireRight(granted.memory.write, 'memory')
        const id = idFrom(`${personId}/${callId}/memory/${remembered++}`)
        await ctx.call(
          memory.calls.addMemory,
          { id, text, ...(options.characterId ? { characterId: options.characterId } : {}) },
          { scope, signal },
        )
        return { id }
      },
    },
    timers: {
      async set(timer) {
        requireRight(granted.timers, 'timers')
        return timers.set(timer)
      },
      async list() {
        requireRight(granted.timers, 'timers')
        return timers.list()
      },
      async cancel(id) {
        requireRight(granted.timers, 'timers')
        return timers.cancel(id)
      },
    },
  }
  return {
    host,
    async commit(tx) {
      await storage.commit(tx)
      await timers.commit(tx)
    },
  }
}

/** Only secrets are filled in: braces of the plugin's own text stay. */
async function fillSecrets(text: string, values: Values, encode?: (text: string) => string): Promise<string> {
  const parts = text.split(/(\{\{\s*[A-Z][A-Z0-9_]{0,63}\s*\}\})/)
  const filled = await Promise.all(
    parts.map((part, index) => (index % 2 === 1 ? fill(part, values, encode) : Promise.resolve(part))),
  )
  return filled.join('')
}
