import type { CommandInfo, ConsentDecision, Grant, Plugin, PluginManifestInput, PluginRun } from '@luna/contracts'
import type { Http } from '../http/request.ts'
import type { Page, PageQuery } from './page.ts'

/** What came of a run of an action. */
export interface PluginResult {
  runId: string
  status: 'done' | 'failed'
  /** Text for people and models; of a failure, what was wrong. */
  result: string
  data?: unknown
  files?: { name: string; type: string; bytes: number }[]
}

/** What is granted, and the secrets that the plugin asks for. */
export interface InstallWish {
  grant?: Partial<Grant>
  secrets?: Record<string, string>
}

const at = (id: string, rest = '') => `plugins/${encodeURIComponent(id)}${rest}`

/** `plugins`: what companions can do. */
export function plugins(http: Http) {
  return {
    plugins: {
      list: () => http.json<Page<Plugin>>('GET', 'plugins'),
      get: (id: string) => http.json<Plugin>('GET', at(id)),
      search: (query: PageQuery & { q?: string } = {}) =>
        http.json<Page<Plugin>>('GET', 'plugins/registry', { query: { ...query } }),
      add: (manifest: PluginManifestInput | Record<string, unknown>) =>
        http.json<Plugin>('POST', 'plugins', { body: manifest }),
      install: (id: string, wish: InstallWish = {}) => http.json<Plugin>('POST', at(id, '/install'), { body: wish }),
      uninstall: (id: string) => http.json<void>('DELETE', at(id, '/install')),
      setEnabled: (id: string, enabled: boolean) => http.json<Plugin>('PATCH', at(id), { body: { enabled } }),
      consent: (id: string, action: string, decision: ConsentDecision) =>
        http.json<{ name: string; decision: ConsentDecision }>(
          'PUT',
          at(id, `/actions/${encodeURIComponent(action)}/consent`),
          { body: { decision } },
        ),
      /** The same `id` is one run. */
      execute: (id: string, action: string, args: Record<string, unknown>, options: { id?: string } = {}) =>
        http.json<PluginResult>('POST', at(id, `/actions/${encodeURIComponent(action)}/execute`), {
          body: { arguments: args, ...options },
        }),
      commands: () => http.json<{ items: CommandInfo[] }>('GET', 'plugins/commands'),
      runs: (query: PageQuery & { pluginId?: string } = {}) =>
        http.json<Page<PluginRun>>('GET', 'plugins/runs', { query: { ...query } }),
      cancelRun: (runId: string) =>
        http.json<{ runId: string; status: PluginRun['status'] }>('POST', at('runs', `/${runId}/cancel`), { body: {} }),
      importOpenapi: (document: string | Record<string, unknown>, options: { id?: string; baseUrl?: string } = {}) =>
        http.json<Plugin>('POST', 'plugins/import/openapi', { body: { document, ...options } }),
      importMcp: (mcpServers: Record<string, Record<string, unknown>>) =>
        http.json<{ items: Plugin[]; failed: { server: string; message: string }[] }>('POST', 'plugins/import/mcp', {
          body: { mcpServers },
        }),
      beginSignIn: (id: string, redirectUri: string) =>
        http.json<{ url: string }>('POST', at(id, '/sign-in'), { body: { redirectUri } }),
      finishSignIn: (state: string, code: string) =>
        http.json<{ id: string }>('POST', 'plugins/sign-in/finish', { body: { state, code } }),
    },
  }
}
