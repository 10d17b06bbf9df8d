import { LunaError } from '@luna/contracts'
import { z } from 'zod'
import type { PluginHost } from '../host/plugin-host.ts'
import type { HostAnswer } from './sandbox-process.ts'

const key = z.string().min(1).max(200)
const request = z.object({
  url: z.string().max(8_000),
  method: z.string().max(10).optional(),
  headers: z.record(z.string().max(200), z.string().max(8_000)).optional(),
  body: z
    .string()
    .max(256 * 1024)
    .optional(),
})
const timer = z.object({
  at: z.coerce.date(),
  instruction: z.string().min(1).max(2_000),
  label: z.string().min(1).max(200),
})

type Method = (host: PluginHost, args: readonly unknown[]) => Promise<unknown>

/** What code may ask, each with its arguments checked: they come from inside the sandbox. */
const methods: Readonly<Record<string, Method>> = {
  fetch: async (host, [asked]) => {
    const { url, method, headers, body } = request.parse(asked)
    return host.fetch({
      url,
      ...(method ? { method } : {}),
      ...(headers ? { headers } : {}),
      ...(body === undefined ? {} : { body }),
    })
  },
  'storage.get': (host, [name]) => host.storage.get(key.parse(name)),
  'storage.set': (host, [name, value]) => host.storage.set(key.parse(name), value),
  'storage.delete': (host, [name]) => host.storage.delete(key.parse(name)),
  'storage.list': (host, [prefix]) => host.storage.list(z.string().max(200).nullish().parse(prefix) ?? ''),
  'memory.recall': (host, [query, limit]) =>
    host.memory.recall(
      z.string().max(2_000).parse(query),
      z.number().int().min(1).max(50).nullish().parse(limit) ?? undefined,
    ),
  'memory.remember': (host, [text]) => host.memory.remember(z.string().min(1).max(4_000).parse(text)),
  'timers.set': (host, [one]) => host.timers.set(timer.parse(one)),
  'timers.list': host => host.timers.list(),
  'timers.cancel': (host, [id]) => host.timers.cancel(z.uuid().parse(id)),
}

export const hostAnswers =
  (host: PluginHost): HostAnswer =>
  async (name, args) => {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (!method) throw new Error(`The host knows no "${name.slice(0, 60)}".`)
    try {
      return await method(host, args)
    } catch (error) {
      if (error instanceof z.ZodError)
        throw new Error(`${name}: ${error.issues.map(issue => issue.message).join('; ')}`, { cause: error })
      throw new Error(LunaError.from(error).message, { cause: error })
    }
  }
