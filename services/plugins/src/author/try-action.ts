import { LunaError, type PluginManifest } from '@luna/contracts'
import { createLogger, systemClock, systemRandom } from '@luna/service'
import { checkArguments } from '../arguments/check-arguments.ts'
import type { ActionResult } from '../builtin/builtin.ts'
import { parseReachableHosts } from '../fetch/reachable-hosts.ts'
import { createSafeFetch } from '../fetch/safe-fetch.ts'
import type { PluginHost } from '../host/plugin-host.ts'
import { createSandboxes } from '../sandbox/pool.ts'
import { runCode } from '../sandbox/run-code.ts'

/** Runs actions of code in the sandbox, with a store in memory and the hosts that the manifest asks for. */
export function tryAction(manifest: PluginManifest) {
  const sandboxes = createSandboxes(1, createLogger({ service: 'plugin', level: 'silent' }))
  const safeFetch = createSafeFetch(parseReachableHosts('').hosts)
  const stored = new Map<string, unknown>()
  const { capabilities } = manifest
  const refuse = (what: string) => async () => {
    throw new LunaError('forbidden', `${what} can not be tried outside of Luna.`)
  }

  function hostOf(signal: AbortSignal): PluginHost {
    return {
      personId: systemRandom.id(),
      conversationId: null,
      characterId: null,
      signal,
      now: () => systemClock.now(),
      random: () => systemRandom.number(),
      async fetch(request) {
        const { status, headers, bytes } = await safeFetch.fetch({ ...request, hosts: capabilities.hosts, signal })
        return { status, headers, text: Buffer.from(bytes).toString('utf8') }
      },
      storage: {
        get: async key => stored.get(key) ?? null,
        set: async (key, value) => void stored.set(key, structuredClone(value)),
        delete: async key => void stored.delete(key),
        list: async (prefix = '') => [...stored.keys()].filter(key => key.startsWith(prefix)).toSorted(),
      },
      memory: { recall: refuse('Memory'), remember: refuse('Memory') },
      timers: { set: refuse('A timer'), list: refuse('A timer'), cancel: refuse('A timer') },
    }
  }

  return {
    /** @throws LunaError */
    async run(name: string, args: Record<string, unknown>): Promise<ActionResult> {
      const action = manifest.actions.find(one => one.name === name)
      if (!action) throw new LunaError('not-found', `There is no action "${name}".`)
      if (action.run.type !== 'code' || !manifest.code)
        throw new LunaError('invalid', 'Only actions that run code can be tried here; try others in a running Luna.')
      const checked = await checkArguments(JSON.stringify(args), action.parameters)
      const host = hostOf(new AbortController().signal)
      return runCode(sandboxes, {
        source: manifest.code.source,
        action: name,
        arguments: checked,
        timeoutMs: action.timeoutMs,
        host,
      })
    },
    async stop(): Promise<void> {
      await sandboxes.stop()
      await safeFetch.close()
    },
  }
}
