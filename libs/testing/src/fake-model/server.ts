import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FakeAnswer } from './answer.ts'
import { handleControl } from './control.ts'
import { hashedEmbedding } from './embeddings.ts'
import { speak, wholeCompletion } from './frames.ts'
import { playStream } from './play.ts'
import { type FakeRequest, type FakeRequestBody, lastUserText } from './requests.ts'
import { createScript, type Script } from './script.ts'

export interface FakeModelOptions {
  /** 0, the default, takes a free one. */
  port?: number
  /** What is answered when no script says otherwise; numbered tokens by default. */
  always?: FakeAnswer
  /** Calls kept for inspection; older ones are dropped. Default 1,000. */
  keepRequests?: number
}

export interface FakeModel {
  /** The base URL for clients, ending in /v1. */
  url: string
  port: number
  /** The calls so far, oldest first, without control calls. */
  requests: FakeRequest[]
  script(script: Script): void
  always(answer: FakeAnswer): void
  /** Connections open right now. */
  connections(): Promise<number>
  stop(): Promise<void>
}

/** Starts an OpenAI-compatible model server on 127.0.0.1 that says what a script says, faults included. */
export async function startFakeModel(options: FakeModelOptions = {}): Promise<FakeModel> {
  const script = createScript(options.always)
  const requests: FakeRequest[] = []
  const keep = options.keepRequests ?? 1_000
  let count = 0

  const server = createServer({ noDelay: true }, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 400, { error: { message: String(error) } })
      else response.destroy()
    })
  })

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(message.url ?? '/', 'http://fake').pathname
    const text = await readBody(message)
    if (path.startsWith('/__')) return handleControl(message.method ?? 'GET', path, text, response, script, requests)
    const body = (text === '' ? {} : JSON.parse(text)) as FakeRequestBody
    const request: FakeRequest = {
      index: count++,
      method: message.method ?? 'GET',
      path,
      headers: message.headers,
      body,
      userText: lastUserText(body),
      tokensSent: 0,
      state: 'open',
    }
    if (keep > 0) requests.push(request)
    if (requests.length > keep) requests.shift()
    response.once('close', () => {
      request.state = response.writableFinished ? 'finished' : 'aborted'
    })
    await answer(request, response)
  }

  async function answer(request: FakeRequest, response: ServerResponse): Promise<void> {
    if (request.path === '/v1/models' || request.path === '/models') return sendJson(response, 200, modelList)
    const scripted = script.next(request)
    if (scripted.fault?.kind === 'status') return sendStatus(response, scripted.fault)
    if (scripted.fault?.kind === 'html') return sendHtml(response)
    if (request.path.endsWith('/embeddings')) return sendJson(response, 200, embeddings(request))
    if (!request.path.endsWith('/chat/completions')) {
      return sendJson(response, 404, { error: { message: `the fake model has no ${request.path}` } })
    }
    // A fault of the stream has no other shape without one: play it and let the caller's parser meet it.
    if (request.body.stream || scripted.fault) return playStream(request, scripted, response)
    if (scripted.firstTokenMs) await new Promise(resolve => setTimeout(resolve, scripted.firstTokenMs))
    return sendJson(response, 200, wholeCompletion(speak(request, scripted)))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const port = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    script: next => script.set(next),
    always: next => script.always(next),
    connections: () =>
      new Promise((resolve, reject) => server.getConnections((error, open) => (error ? reject(error) : resolve(open)))),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const modelList = {
  object: 'list',
  data: ['fake', 'fake-small', 'fake-embedding'].map(id => ({ id, object: 'model', created: 0, owned_by: 'luna' })),
}

function embeddings(request: FakeRequest): object {
  const input = request.body.input ?? ''
  const texts = typeof input === 'string' ? [input] : input
  return {
    object: 'list',
    model: request.body.model ?? 'fake-embedding',
    data: texts.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: hashedEmbedding(text, request.body.dimensions),
    })),
    usage: { prompt_tokens: texts.join(' ').length >> 2, total_tokens: texts.join(' ').length >> 2 },
  }
}

function sendStatus(
  response: ServerResponse,
  fault: { status: number; retryAfter?: number | string; body?: unknown },
): void {
  if (fault.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter))
  sendJson(
    response,
    fault.status,
    fault.body ?? { error: { message: `scripted status ${fault.status}`, type: 'fake' } },
  )
}

function sendHtml(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>')
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function readBody(message: IncomingMessage): Promise<string> {
  let text = ''
  message.setEncoding('utf8')
  for await (const part of message) text += part as string
  return text
}
