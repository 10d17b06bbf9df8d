import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

type Answer = (request: Seen, response: ServerResponse) => void

/** A server that remembers everybody who asks; what it answers can be set for each path. */
export async function canary(host = '127.0.0.1') {
  const seen: Seen[] = []
  const answers = new Map<string, Answer>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      seen.push(one)
      const answer = answers.get(one.url.split('?')[0] ?? '')
      if (answer) return answer(one, response)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ url: one.url, authorization: one.headers.authorization ?? null }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host}:${port}`,
    host: `${host}:${port}`,
    port,
    seen,
    on: (path: string, answer: Answer) => void answers.set(path, answer),
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
