import { z } from 'zod'
import { call, defineContract, event, feed } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { capabilities, pluginManifest } from './plugin-manifest.ts'
import { page, pageQuery, text, time, uuid } from './shapes.ts'
import { changedWhat } from './wire.ts'

export * from './plugin-manifest.ts'

/** A tool a model may call: the parameters are a JSON Schema object. */
export const tool = z.object({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  consent: z.enum(['allowed', 'ask', 'denied']),
  /** False: an unknown outcome is never repeated. */
  repeatable: z.boolean(),
  /** What the person reads when asked: "Weather · forecast". */
  title: z.string().optional(),
  effect: z.enum(['read', 'act']).optional(),
  timeoutMs: z.number().int().optional(),
})
export type Tool = z.infer<typeof tool>

/** What a person lets a plugin have; never more than its manifest asks for. */
export const grant = z.strictObject({
  hosts: capabilities.shape.hosts,
  memory: capabilities.shape.memory,
  storage: capabilities.shape.storage,
  timers: capabilities.shape.timers,
  /** Actions that only read run without being asked about. */
  reading: z.boolean().default(false),
})
export type Grant = z.output<typeof grant>

export const consentDecision = z.enum(['always', 'ask', 'never'])
export type ConsentDecision = z.infer<typeof consentDecision>

export const pluginSource = z.enum(['builtin', 'registry', 'upload', 'openapi', 'mcp'])
export type PluginSource = z.infer<typeof pluginSource>

const shownAction = z.object({
  name: z.string(),
  description: z.string(),
  effect: z.enum(['read', 'act']),
  parameters: z.record(z.string(), z.unknown()),
  runs: z.enum(['http', 'code', 'mcp', 'builtin']),
  /** Absent while the plugin is not installed. */
  consent: z.enum(['allowed', 'ask', 'denied']).optional(),
})

/** A plugin as a person sees it. */
export const plugin = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  author: z.string(),
  description: z.string(),
  homepage: z.string().optional(),
  tags: z.array(z.string()),
  source: pluginSource,
  /** `sha256-` and 64 hexadecimal digits over the canonical manifest (RFC 8785) without its signature. */
  hash: z.string(),
  /** Base64 key of a signature that holds; absent: not signed. */
  signedBy: z.string().optional(),
  capabilities,
  actions: z.array(shownAction),
  commands: z.array(z.object({ name: z.string(), description: z.string(), usage: z.string(), action: z.string() })),
  installed: z.boolean(),
  enabled: z.boolean(),
  /** Shared with everybody of this workspace. */
  workspaceId: uuid.optional(),
  grant: grant.optional(),
  /** Secrets that were given; their values are never answered. */
  secretsGiven: z.array(z.string()).optional(),
  /** Needs a sign-in at another site before it works. */
  signIn: z.enum(['needed', 'done']).optional(),
  /** A newer version; when it asks for more, what it asks for must be granted anew. */
  update: z.object({ version: z.string(), asksForMore: z.boolean(), more: z.array(z.string()) }).optional(),
})
export type Plugin = z.infer<typeof plugin>

export const runStatus = z.enum(['running', 'done', 'failed', 'cancelled', 'unknown'])

/** One execution, as it was recorded. */
export const pluginRun = z.object({
  id: uuid,
  callId: z.string(),
  pluginId: z.string(),
  version: z.string(),
  action: z.string(),
  origin: z.enum(['model', 'command', 'person', 'timer']),
  turnId: uuid.nullable(),
  status: runStatus,
  /** JSON with secrets and long texts left out. */
  arguments: z.string(),
  /** What came of it, when it went wrong. */
  error: z.string().nullable(),
  resultBytes: z.number().int(),
  files: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.number().int() })),
  startedAt: time,
  durationMs: z.number().int().nullable(),
})
export type PluginRun = z.infer<typeof pluginRun>

const file = z.object({ name: z.string(), type: z.string(), bytes: z.number().int() })

export const executed = z.object({
  status: z.enum(['done', 'failed']),
  /** Text for the model and the person; of a failure, what was wrong. */
  result: z.string(),
  runId: uuid.optional(),
  data: z.unknown().optional(),
  files: z.array(file).optional(),
  /** A code of the error table, when it failed. */
  code: z.string().optional(),
})

const inConversation = { characterId: uuid.nullable().optional(), conversationId: uuid.nullable().optional() }

/** A line that begins with a slash, understood. */
export const understood = z.object({
  /** `none`: no command, to be answered as any message. `say`: help, or what is wrong. `run`: a call to be made. */
  kind: z.enum(['none', 'say', 'run']),
  /** Of `say`. */
  text: z.string().optional(),
  /** Of `run`, as the two below. */
  tool: tool.optional(),
  /** JSON. */
  arguments: z.string().optional(),
  reply: z.enum(['direct', 'companion']).optional(),
})

export const commandInfo = z.object({
  name: z.string(),
  pluginId: z.string(),
  description: z.string(),
  usage: z.string(),
})
export type CommandInfo = z.infer<typeof commandInfo>

const withId = z.strictObject({ id: z.string().max(64) })
const installInput = {
  grant: grant.partial().optional(),
  secrets: z.record(z.string().max(64), z.string().max(8_192)).optional(),
}

export const plugins = defineContract({
  service: 'plugins',
  summary: 'What a companion can do: actions, tools, consent.',
  events: { erased: event('plugins.erased.v1', 'plugins has erased a person.', erasedPayload) },
  calls: {
    tools: call('plugins.tools.v1', 'The tools a character may use for this person.', {
      deadlineMs: 1_500,
      input: z.strictObject(inConversation),
      output: z.object({ tools: z.array(tool) }),
    }),
    execute: call('plugins.execute.v1', 'Runs an action once: the same callId gives the stored result again.', {
      deadlineMs: 60_000,
      input: z.strictObject({
        callId: z.string().max(200),
        turnId: uuid.nullable(),
        name: z.string().max(64),
        arguments: z.string(),
        ...inConversation,
        origin: z.enum(['model', 'command', 'person']).optional(),
      }),
      output: executed,
    }),
    understand: call('plugins.understand.v1', 'What a line that begins with a slash asks for.', {
      deadlineMs: 1_500,
      input: z.strictObject({ text: text(32_000), ...inConversation }),
      output: understood,
    }),
    listCommands: call('plugins.list-commands.v1', 'The commands of this person, for help and completion.', {
      input: z.strictObject({}),
      output: z.object({ items: z.array(commandInfo) }),
    }),
    setConsent: call('plugins.set-consent.v1', 'Remembers whether an action may run: always, when asked, or never.', {
      input: z.strictObject({ name: z.string().max(64), decision: consentDecision }),
      output: z.object({ name: z.string(), decision: consentDecision }),
    }),
    list: call('plugins.list.v1', 'The plugins that a person has.', {
      input: z.strictObject({}),
      output: page(plugin),
    }),
    get: call('plugins.get.v1', 'One plugin: installed, or as the registry has it.', {
      input: withId,
      output: plugin,
    }),
    search: call('plugins.search.v1', 'What can be installed.', {
      deadlineMs: 15_000,
      input: z.strictObject({ q: text(200).optional(), ...pageQuery.shape }),
      output: page(plugin),
    }),
    register: call('plugins.register.v1', 'Adds a manifest to what this person can install.', {
      input: z.strictObject({ manifest: z.unknown() }),
      output: plugin,
    }),
    install: call(
      'plugins.install.v1',
      'Installs a plugin, changes its grant, or updates it to what the registry has.',
      {
        deadlineMs: 30_000,
        input: z.strictObject({ ...withId.shape, ...installInput }),
        output: plugin,
      },
    ),
    uninstall: call('plugins.uninstall.v1', 'Takes a plugin away with its secrets and what it stored.', {
      input: withId,
      output: z.object({ id: z.string() }),
    }),
    setEnabled: call('plugins.set-enabled.v1', 'Switches a plugin off, or on again.', {
      input: z.strictObject({ ...withId.shape, enabled: z.boolean() }),
      output: plugin,
    }),
    importOpenapi: call('plugins.import-openapi.v1', 'Makes a plugin of an OpenAPI 3 document.', {
      deadlineMs: 30_000,
      input: z.strictObject({
        document: z.union([z.string().max(900_000), z.record(z.string(), z.unknown())]),
        id: z.string().max(64).optional(),
        baseUrl: z.string().max(2_000).optional(),
      }),
      output: plugin,
    }),
    importMcp: call(
      'plugins.import-mcp.v1',
      'Makes plugins of an `mcpServers` object, by asking each server for its tools.',
      {
        deadlineMs: 30_000,
        input: z.strictObject({ mcpServers: z.record(z.string().max(100), z.record(z.string(), z.unknown())) }),
        output: z.object({
          items: z.array(plugin),
          failed: z.array(z.object({ server: z.string(), message: z.string() })),
        }),
      },
    ),
    readMcp: call('plugins.read-mcp.v1', 'Resources and prompts of the MCP server behind a plugin.', {
      deadlineMs: 30_000,
      input: z.strictObject({
        ...withId.shape,
        /** Absent: the list of both. */
        resource: z.string().max(2_000).optional(),
        prompt: z
          .strictObject({ name: z.string().max(200), arguments: z.record(z.string(), z.string()).optional() })
          .optional(),
      }),
      output: z.object({
        resources: z
          .array(z.object({ uri: z.string(), name: z.string(), description: z.string().optional() }))
          .optional(),
        prompts: z.array(z.object({ name: z.string(), description: z.string().optional() })).optional(),
        text: z.string().optional(),
      }),
    }),
    beginSignIn: call(
      'plugins.begin-sign-in.v1',
      'Begins an OAuth 2 sign-in for a plugin: where to send the browser.',
      {
        input: z.strictObject({ ...withId.shape, redirectUri: z.string().max(2_000) }),
        output: z.object({ url: z.string() }),
      },
    ),
    finishSignIn: call('plugins.finish-sign-in.v1', 'Ends an OAuth 2 sign-in with the code that came back.', {
      deadlineMs: 30_000,
      input: z.strictObject({ state: z.string().max(500), code: z.string().max(4_000) }),
      output: z.object({ id: z.string() }),
    }),
    listRuns: call('plugins.list-runs.v1', 'What was run for a person, newest first.', {
      input: z.strictObject({ ...pageQuery.shape, pluginId: z.string().max(64).optional() }),
      output: page(pluginRun),
    }),
    cancelRun: call('plugins.cancel-run.v1', 'Ends a run; one that has ended stays as it is.', {
      input: z.strictObject({ runId: uuid }),
      output: z.object({ runId: uuid, status: runStatus }),
    }),
    readFile: call('plugins.read-file.v1', 'A file that a run has made, base64.', {
      input: z.strictObject({ runId: uuid, name: z.string().max(200) }),
      output: z.object({ name: z.string(), type: z.string(), content: z.string() }),
    }),
    exportPage: call('plugins.export-page.v1', 'All that plugins hold of a person as JSON rows, page by page.', {
      input: z.strictObject({ cursor: z.string().optional() }),
      output: z.object({ rows: z.array(z.record(z.string(), z.unknown())), nextCursor: z.string().nullable() }),
    }),
  },
  feeds: {
    personFrames: feed('plugins.person-frames.v1', 'What has changed in the plugins of a person.', {
      key: 'person',
      schema: z.object({ type: z.literal('changed'), what: changedWhat, id: uuid, version: z.number().int() }),
    }),
    cancelRequested: feed('plugins.cancel-requested.v1', 'A run is to end: whoever runs it ends it.', {
      key: 'everyone',
      schema: z.object({ runId: uuid }),
    }),
  },
})

/** The JSON Schema of a manifest, for authors' editors. */
export const manifestJsonSchema = () => z.toJSONSchema(pluginManifest, { io: 'input' })
