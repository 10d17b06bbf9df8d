import { z } from 'zod'
import { limits } from './limits.ts'

/** A semantic version (semver.org 2.0), without a leading v. */
const semver = z.string().regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,64})?(\+[0-9A-Za-z.-]{1,64})?$/, {
  error: 'must be a semantic version such as 1.0.0',
})

export const pluginId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'must be lower case letters, digits and single hyphens' })
  .max(30)

export const actionName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,31}$/, { error: 'must be a letter and then letters, digits, _ or -, 32 at most' })
  .refine(name => !name.includes('__'), { error: 'must not hold two underscores in a row' })

/** `api.example.org`, `*.example.org` for every name below it, `localhost:9000` with a port. */
export const hostPattern = z
  .string()
  .max(253)
  .regex(/^(\*\.)?([a-z0-9_-]+\.)*[a-z0-9_-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i, {
    error: 'must be a host name such as api.example.org or *.example.org, without scheme and path',
  })

export const secretName = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, {
  error: 'must be capital letters, digits and underscores, such as API_KEY',
})

/** What a plugin asks for. Nothing that is not asked for here and granted at the installation is within its reach. */
export const capabilities = z.strictObject({
  /** Hosts it sends requests to. */
  hosts: z.array(hostPattern).max(50).default([]),
  /** Values the person gives once; sealed, put into requests by Luna, never seen by model, logs or code. */
  secrets: z
    .array(
      z.strictObject({
        name: secretName,
        description: z.string().max(500).default(''),
        required: z.boolean().default(true),
      }),
    )
    .max(20)
    .default([]),
  memory: z.strictObject({ read: z.boolean().default(false), write: z.boolean().default(false) }).default({
    read: false,
    write: false,
  }),
  /** A store of its own for each person: 1,000 keys, 64 KiB a value. */
  storage: z.boolean().default(false),
  /** Lets the companion speak first at a time. */
  timers: z.boolean().default(false),
})
export type Capabilities = z.output<typeof capabilities>

/** Text with `{parameter}` for an argument and `{{SECRET}}` for a secret. */
const template = z.string().max(8_000)

export const httpAuth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('api-key'),
    in: z.enum(['header', 'query']),
    name: z.string().min(1).max(200),
    secret: secretName,
  }),
  z.strictObject({ type: z.literal('bearer'), secret: secretName }),
  z.strictObject({ type: z.literal('basic'), username: secretName, password: secretName }),
  z.strictObject({
    type: z.literal('oauth2-client-credentials'),
    tokenUrl: z.url(),
    clientId: secretName,
    clientSecret: secretName,
    scopes: z.array(z.string().max(200)).max(50).default([]),
  }),
  z.strictObject({
    type: z.literal('oauth2-authorization-code'),
    authorizationUrl: z.url(),
    tokenUrl: z.url(),
    clientId: secretName,
    clientSecret: secretName.optional(),
    scopes: z.array(z.string().max(200)).max(50).default([]),
  }),
])
export type HttpAuth = z.output<typeof httpAuth>

export const httpRun = z.strictObject({
  type: z.literal('http'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  url: template,
  query: z.record(z.string().max(200), template).default({}),
  headers: z.record(z.string().max(200), template).default({}),
  /** JSON whose texts are templates; a text that is one `{parameter}` alone keeps the type of the argument. */
  body: z.unknown().optional(),
  bodyType: z.enum(['json', 'form', 'text']).default('json'),
  auth: httpAuth.default({ type: 'none' }),
  response: z
    .strictObject({
      /** Which parts of a JSON answer become the result: name to JSON pointer (RFC 6901); absent: all of it. */
      select: z.union([z.string().max(500), z.record(z.string().max(100), z.string().max(500))]).optional(),
      /** The result as text, with `{name}` of what was selected. */
      text: template.optional(),
    })
    .default({}),
})
export type HttpRun = z.output<typeof httpRun>

export const actionRun = z.discriminatedUnion('type', [
  httpRun,
  /** `execute(action, arguments, luna)` of the manifest's `code`, in the sandbox. */
  z.strictObject({ type: z.literal('code') }),
  /** A tool of the MCP server that the manifest names. */
  z.strictObject({ type: z.literal('mcp'), tool: z.string().min(1).max(200) }),
  /** Shipped with Luna: the function of this name in its module. */
  z.strictObject({ type: z.literal('builtin') }),
])
export type ActionRun = z.output<typeof actionRun>

export const pluginAction = z.strictObject({
  name: actionName,
  /** Said to the model: what it does and when to use it. */
  description: z.string().min(1).max(2_000),
  /** JSON Schema (2020-12) of type object. */
  parameters: z
    .record(z.string(), z.unknown())
    .default({ type: 'object', properties: {}, additionalProperties: false }),
  /** `read` changes nothing anywhere and may be allowed beforehand; `act` is asked about each time until told otherwise. */
  effect: z.enum(['read', 'act']),
  /** The same call twice does no more than once: it may be repeated when its outcome is not known. */
  repeatable: z.boolean().optional(),
  /** False: for commands and the page alone, not offered to the model. */
  offered: z.boolean().default(true),
  /** Milliseconds that a run may take. */
  timeoutMs: z.number().int().min(100).max(55_000).default(15_000),
  run: actionRun,
})
export type PluginAction = z.output<typeof pluginAction>

export const pluginCommand = z.strictObject({
  /** Without the slash. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, { error: 'must be lower case letters, digits and hyphens' }),
  description: z.string().min(1).max(500),
  action: actionName,
  /** In their order; each is the parameter of that name. `rest` takes all that is left, as one text. */
  arguments: z
    .array(
      z.strictObject({
        name: z.string().max(64),
        description: z.string().max(300).default(''),
        required: z.boolean().default(false),
        rest: z.boolean().default(false),
      }),
    )
    .max(10)
    .default([]),
  /** `--units metric`, `-u metric`; one of boolean parameter stands alone. Each is the parameter of that name. */
  flags: z
    .array(
      z.strictObject({
        name: z.string().max(64),
        short: z
          .string()
          .regex(/^[a-z]$/)
          .optional(),
        description: z.string().max(300).default(''),
      }),
    )
    .max(20)
    .default([]),
  /** Arguments that the command fixes. */
  fixed: z.record(z.string().max(64), z.unknown()).default({}),
  /** `direct`: the result is the answer. `companion`: the companion answers from it. */
  reply: z.enum(['direct', 'companion']).default('direct'),
})
export type PluginCommand = z.output<typeof pluginCommand>

export const pluginManifest = z
  .strictObject({
    manifest: z.literal(1),
    id: pluginId,
    name: z.string().min(1).max(100),
    version: semver,
    author: z.string().min(1).max(200),
    description: z.string().min(1).max(2_000),
    license: z.string().max(100).optional(),
    homepage: z.url({ protocol: /^https?$/ }).optional(),
    tags: z.array(z.string().min(1).max(40)).max(20).default([]),
    capabilities: capabilities.default(capabilities.parse({})),
    actions: z.array(pluginAction).min(1).max(128),
    commands: z.array(pluginCommand).max(50).default([]),
    /** JavaScript, one ES module: `initialize(luna)`, `execute(action, arguments, luna)`, `cleanup()`. */
    code: z
      .strictObject({
        source: z
          .string()
          .min(1)
          .max(limits.frameBytes * 0.75),
      })
      .optional(),
    /** The MCP server behind `mcp` actions. Headers are templates, for secrets. */
    mcp: z
      .discriminatedUnion('transport', [
        z.strictObject({
          transport: z.literal('http'),
          url: z.url({ protocol: /^https?$/ }),
          headers: z.record(z.string().max(200), template).default({}),
        }),
        /** Named by the operator in LUNA_MCP_SERVERS. */
        z.strictObject({ transport: z.literal('stdio'), server: z.string().min(1).max(100) }),
      ])
      .optional(),
    /** Ed25519 over the content hash: who signed stays the same from version to version. Both base64. */
    signature: z.strictObject({ publicKey: z.string().max(200), value: z.string().max(200) }).optional(),
  })
  .superRefine((manifest, ctx) => {
    const fault = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    const actions = new Set<string>()
    for (const [index, action] of manifest.actions.entries()) {
      if (actions.has(action.name)) fault(['actions', index, 'name'], `there are two actions "${action.name}"`)
      actions.add(action.name)
      if (action.parameters['type'] !== 'object')
        fault(['actions', index, 'parameters'], 'must be a JSON Schema of type "object"')
      if (action.run.type === 'code' && !manifest.code)
        fault(['actions', index, 'run'], 'runs code, but the manifest has no "code"')
      if (action.run.type === 'mcp' && !manifest.mcp)
        fault(['actions', index, 'run'], 'calls an MCP tool, but the manifest has no "mcp"')
    }
    const commands = new Set<string>()
    for (const [index, command] of manifest.commands.entries()) {
      if (commands.has(command.name)) fault(['commands', index, 'name'], `there are two commands "${command.name}"`)
      commands.add(command.name)
      if (!actions.has(command.action)) fault(['commands', index, 'action'], `there is no action "${command.action}"`)
      if (command.arguments.some((argument, at) => argument.rest && at < command.arguments.length - 1))
        fault(['commands', index, 'arguments'], 'only the last one may be "rest"')
    }
    const secrets = new Set(manifest.capabilities.secrets.map(secret => secret.name))
    for (const [index, action] of manifest.actions.entries())
      for (const name of secretsOf(action.run))
        if (!secrets.has(name))
          fault(['actions', index, 'run'], `uses the secret ${name}, which "capabilities.secrets" does not ask for`)
    for (const name of manifest.mcp?.transport === 'http' ? namesIn(Object.values(manifest.mcp.headers)) : [])
      if (!secrets.has(name))
        fault(['mcp', 'headers'], `uses the secret ${name}, which "capabilities.secrets" does not ask for`)
  })

/** A plugin as its author writes it. The JSON Schema of it is served at `/api/v1/plugins/manifest-schema`. */
export type PluginManifest = z.output<typeof pluginManifest>
/** What an author has to write: all that has a default may be left out. */
export type PluginManifestInput = z.input<typeof pluginManifest>

const secretPattern = /\{\{\s*([A-Z][A-Z0-9_]{0,63})\s*\}\}/g

const namesIn = (texts: readonly string[]): string[] =>
  texts.flatMap(text => [...text.matchAll(secretPattern)].map(match => match[1] ?? ''))

/** The secrets that an action puts into its request. */
export function secretsOf(run: ActionRun): string[] {
  if (run.type !== 'http') return []
  const { auth } = run
  const named =
    auth.type === 'api-key' || auth.type === 'bearer'
      ? [auth.secret]
      : auth.type === 'basic'
        ? [auth.username, auth.password]
        : auth.type === 'none'
          ? []
          : [auth.clientId, ...(auth.clientSecret ? [auth.clientSecret] : [])]
  const texts = [run.url, ...Object.values(run.query), ...Object.values(run.headers), JSON.stringify(run.body ?? '')]
  return [...new Set([...named, ...namesIn(texts)])]
}

/** What the model calls an action: `plugin__action`, at most 64 characters. */
export const toolName = (id: string, action: string): string => `${id}__${action}`
