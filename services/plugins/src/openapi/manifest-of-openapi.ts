import { LunaError, type PluginManifestInput } from '@luna/contracts'
import { pluginIdOf } from '../mcp/manifest-of-server.ts'

type Json = Readonly<Record<string, unknown>>
type Action = PluginManifestInput['actions'][number]
type Auth = Extract<Action['run'], { type: 'http' }>['auth']

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head'] as const
const mostActions = 128

const words = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

interface Secret {
  name: string
  description: string
}

/** The operations of an OpenAPI 3 document as the actions of a plugin. @throws LunaError `invalid` */
export function manifestOfOpenapi(
  document: Json,
  options: { id?: string | undefined; baseUrl?: string | undefined },
): PluginManifestInput {
  const info = (document['info'] ?? {}) as Json
  const base = (options.baseUrl ?? serverUrl(document)).replace(/\/+$/, '')
  if (!/^https?:\/\//.test(base))
    throw new LunaError(
      'invalid',
      `The document names no full server address (found "${base}"). Give a "baseUrl" with http or https.`,
    )
  const hosts = new Set([new URL(base).host])
  const secrets = new Map<string, Secret>()
  const schemes = ((document['components'] as Json | undefined)?.['securitySchemes'] ?? {}) as Readonly<
    Record<string, Json>
  >
  const actions: Action[] = []
  const taken = new Set<string>()
  for (const [path, item] of Object.entries((document['paths'] ?? {}) as Readonly<Record<string, Json>>))
    for (const method of methods) {
      const operation = item[method] as Json | undefined
      if (!operation || actions.length >= mostActions) continue
      const security = (operation['security'] ?? document['security'] ?? []) as readonly Json[]
      const auth = authOf(security, schemes, secrets, hosts)
      actions.push(
        actionOf({ path, method, operation, shared: (item['parameters'] ?? []) as Json[], base, auth, taken }),
      )
    }
  if (actions.length === 0) throw new LunaError('invalid', 'The document has no operations.')
  const title = (words(info['title']) || 'API').slice(0, 100)
  return {
    manifest: 1,
    id: options.id ?? pluginIdOf(title, 'api'),
    name: title,
    version: /^\d+\.\d+\.\d+$/.test(String(info['version'])) ? String(info['version']) : '1.0.0',
    author: (words((info['contact'] as Json | undefined)?.['name']) || new URL(base).host).slice(0, 200),
    description: (words(info['description']) || words(info['summary']) || title).slice(0, 2_000) || title,
    capabilities: { hosts: [...hosts], secrets: [...secrets.values()] },
    actions,
  }
}

function serverUrl(document: Json): string {
  const [server] = (document['servers'] ?? []) as readonly Json[]
  const variables = (server?.['variables'] ?? {}) as Readonly<Record<string, Json>>
  return words(server?.['url']).replaceAll(/\{([^}]+)\}/g, (_, name: string) => words(variables[name]?.['default']))
}

interface Operation {
  path: string
  method: (typeof methods)[number]
  operation: Json
  shared: readonly Json[]
  base: string
  auth: Auth
  taken: Set<string>
}

function actionOf({ path, method, operation, shared, base, auth, taken }: Operation): Action {
  const own = (operation['parameters'] ?? []) as readonly Json[]
  const all = [
    ...own,
    ...shared.filter(one => !own.some(other => other['name'] === one['name'] && other['in'] === one['in'])),
  ]
  const properties: Record<string, unknown> = {}
  const required: string[] = []
  const query: Record<string, string> = {}
  const headers: Record<string, string> = {}
  let url = base + path
  for (const parameter of all) {
    const name = String(parameter['name'])
    const slot = slotOf(name)
    const place = parameter['in']
    if (place !== 'path' && place !== 'query' && place !== 'header') continue
    properties[slot] = described((parameter['schema'] ?? { type: 'string' }) as Json, parameter['description'])
    if (parameter['required'] === true || place === 'path') required.push(slot)
    if (place === 'path') url = url.replaceAll(`{${name}}`, `{${slot}}`)
    else if (place === 'query') query[name] = `{${slot}}`
    else headers[name] = `{${slot}}`
  }
  const content = ((operation['requestBody'] as Json | undefined)?.['content'] ?? {}) as Readonly<Record<string, Json>>
  const json = content['application/json']
  const form = content['application/x-www-form-urlencoded']
  const body = json ?? form
  if (body) {
    properties['body'] = described((body['schema'] ?? {}) as Json, (operation['requestBody'] as Json)['description'])
    if ((operation['requestBody'] as Json)['required'] === true) required.push('body')
  }
  const reads = method === 'get' || method === 'head'
  const text = [operation['summary'], operation['description']]
    .filter(one => typeof one === 'string' && one !== '')
    .join(': ')
  return {
    name: uniqueName(words(operation['operationId']) || `${method}_${path}`, taken),
    description: (text || `${method.toUpperCase()} ${path}`).slice(0, 2_000),
    effect: reads ? 'read' : 'act',
    repeatable: reads || method === 'put' || method === 'delete',
    parameters: {
      type: 'object',
      properties,
      ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
      additionalProperties: false,
    },
    run: {
      type: 'http',
      method: method.toUpperCase() as 'GET',
      url,
      query,
      headers,
      ...(body ? { body: '{body}', bodyType: json ? ('json' as const) : ('form' as const) } : {}),
      auth,
    },
  }
}

const slotOf = (name: string): string =>
  name
    .replaceAll(/[^A-Za-z0-9_.-]/g, '_')
    .replace(/^[^A-Za-z_]+/, '_')
    .slice(0, 64)

function uniqueName(text: string, taken: Set<string>): string {
  const plain =
    text
      .replaceAll(/[^A-Za-z0-9_-]+/g, '_')
      .replaceAll(/__+/g, '_')
      .replaceAll(/^[^A-Za-z]+|_+$/g, '')
      .slice(0, 32) || 'call'
  let name = plain
  for (let count = 2; taken.has(name); count += 1) name = `${plain.slice(0, 28)}_${count}`
  taken.add(name)
  return name
}

/** A schema for arguments: without what only OpenAPI knows, and with the words that explain it. */
function described(schema: Json, description: unknown): unknown {
  const {
    example: _example,
    xml: _xml,
    discriminator: _discriminator,
    externalDocs: _docs,
    nullable: _nullable,
    ...plain
  } = schema
  return typeof description === 'string' && plain['description'] === undefined
    ? { ...plain, description: description.slice(0, 500) }
    : plain
}

/** The first way of signing in that Luna knows; none known means none sent, and the other side says so. */
function authOf(
  security: readonly Json[],
  schemes: Readonly<Record<string, Json>>,
  secrets: Map<string, Secret>,
  hosts: Set<string>,
): Auth {
  const secret = (name: string, description: string) => {
    const clean =
      name
        .toUpperCase()
        .replaceAll(/[^A-Z0-9]+/g, '_')
        .replace(/^[^A-Z]+/, '')
        .slice(0, 64) || 'KEY'
    secrets.set(clean, { name: clean, description })
    return clean
  }
  for (const need of security)
    for (const [name, scopes] of Object.entries(need)) {
      const scheme = schemes[name]
      const about = words(scheme?.['description']).slice(0, 500)
      if (scheme?.['type'] === 'apiKey' && (scheme['in'] === 'header' || scheme['in'] === 'query'))
        return { type: 'api-key', in: scheme['in'], name: String(scheme['name']), secret: secret(name, about) }
      if (scheme?.['type'] === 'http' && scheme['scheme'] === 'bearer')
        return { type: 'bearer', secret: secret(name, about) }
      if (scheme?.['type'] === 'http' && scheme['scheme'] === 'basic')
        return { type: 'basic', username: secret(`${name}_USER`, about), password: secret(`${name}_PASSWORD`, about) }
      const flows = (scheme?.['flows'] ?? {}) as Readonly<Record<string, Json>>
      const client = () => ({
        clientId: secret(`${name}_CLIENT_ID`, about),
        clientSecret: secret(`${name}_CLIENT_SECRET`, about),
      })
      const wanted = Array.isArray(scopes) ? scopes.map(String) : []
      for (const [flow, type] of [
        ['clientCredentials', 'oauth2-client-credentials'],
        ['authorizationCode', 'oauth2-authorization-code'],
      ] as const) {
        const tokenUrl = flows[flow]?.['tokenUrl']
        if (typeof tokenUrl !== 'string' || !URL.canParse(tokenUrl)) continue
        hosts.add(new URL(tokenUrl).host)
        if (type === 'oauth2-client-credentials') return { type, tokenUrl, ...client(), scopes: wanted }
        return {
          type,
          authorizationUrl: String(flows[flow]?.['authorizationUrl']),
          tokenUrl,
          ...client(),
          scopes: wanted,
        }
      }
    }
  return { type: 'none' }
}
