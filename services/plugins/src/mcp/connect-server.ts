import { LunaError, lunaVersion } from '@luna/contracts'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { OpenResponse, SafeFetch } from '../fetch/safe-fetch.ts'
import type { OperatorServer } from './operator-servers.ts'

export type ServerAddress =
  | { transport: 'http'; url: string; headers: Readonly<Record<string, string>>; hosts: readonly string[] | null }
  | { transport: 'stdio'; server: string }

const connectMs = 10_000
/** Bytes of one answer, or of one stream, of a server. */
const maxBytes = 8 * 1024 * 1024

/** A client that has shaken hands with a server. @throws LunaError, or what the server said */
export async function connectServer(
  address: ServerAddress,
  { safeFetch, servers }: { safeFetch: SafeFetch; servers: Readonly<Record<string, OperatorServer>> },
  signal?: AbortSignal,
): Promise<Client> {
  const [{ Client }, { NoSchemas }] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('./no-schemas.ts'),
  ])
  const client = new Client({ name: 'luna', version: lunaVersion }, { jsonSchemaValidator: new NoSchemas() })
  const transport = await transportOf(address, safeFetch, servers)
  try {
    await client.connect(transport as never, { timeout: connectMs, ...(signal ? { signal } : {}) })
    return client
  } catch (error) {
    await client.close().catch(() => {})
    throw error
  }
}

async function transportOf(
  address: ServerAddress,
  safeFetch: SafeFetch,
  servers: Readonly<Record<string, OperatorServer>>,
) {
  if (address.transport === 'stdio') {
    const server = Object.hasOwn(servers, address.server) ? servers[address.server] : undefined
    if (!server)
      throw new LunaError(
        'not-found',
        `The operator has no MCP server "${address.server}" in LUNA_MCP_SERVERS (any more).`,
      )
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js')
    const { command, args, env, cwd } = server
    return new StdioClientTransport({ command, args, env, ...(cwd ? { cwd } : {}), stderr: 'ignore' })
  }
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js')
  return new StreamableHTTPClientTransport(new URL(address.url), {
    fetch: asFetch(safeFetch, address.hosts),
    requestInit: { headers: { ...address.headers } },
    reconnectionOptions: {
      maxReconnectionDelay: 5_000,
      initialReconnectionDelay: 500,
      reconnectionDelayGrowFactor: 2,
      maxRetries: 3,
    },
  })
}

/** The safe fetch in the shape of the standard one, as far as the transport uses it. */
function asFetch(safeFetch: SafeFetch, hosts: readonly string[] | null) {
  return async (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = Object.fromEntries(new Headers(init.headers as never))
    const controller = new AbortController()
    const given = init.signal
    const abort = () => controller.abort(given?.reason)
    if (given?.aborted) abort()
    given?.addEventListener('abort', abort, { once: true })
    const answer = await safeFetch.open({
      url: String(input),
      method: init.method ?? 'GET',
      headers,
      body: typeof init.body === 'string' ? init.body : undefined,
      hosts,
      signal: controller.signal,
      maxBytes,
    })
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304
    if (empty) answer.discard()
    return new Response(empty ? null : asStream(answer, controller), { status: answer.status, headers: answer.headers })
  }
}

function asStream(answer: OpenResponse, controller: AbortController): ReadableStream<Uint8Array> {
  const iterator = answer.body[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(stream) {
      const { done, value } = await iterator.next()
      if (done) stream.close()
      else stream.enqueue(new Uint8Array(value))
    },
    cancel() {
      controller.abort()
      answer.discard()
    },
  })
}
