import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayContext } from '../../context.ts'
import { noSuchRoute, sendProblem } from './errors.ts'

/** Paths of the API: never answered with the page. */
const notPages = /^\/(?:api|v1|ws|health|metrics|docs|\.well-known)(?:\/|$|\?)|\.json(?:$|\?)/

const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && !notPages.test(url) && (headers.accept ?? '').includes('text/html')

const notBuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Luna</title></head>
<body><h1>Luna is running</h1>
<p>Its web page has not been built. Build it with <code>npm run build --workspace @luna/web</code>, then start Luna again.
Until then: <code>npx luna chat</code> in a terminal, or the <a href="/docs">API</a>.</p></body></html>
`

/** The built web client, each of its own paths answered with its one page; a plain page that says so when it is not built. */
export async function addWeb(app: FastifyInstance, { config }: Pick<GatewayContext, 'config'>): Promise<void> {
  const built = existsSync(join(config.webDir, 'index.html'))
  if (built)
    await app.register(fastifyStatic, {
      root: config.webDir,
      index: ['index.html'],
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders(reply, path) {
        const hashed = path.startsWith(join(config.webDir, 'assets'))
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  const page = (reply: FastifyReply) =>
    built
      ? reply.sendFile('index.html')
      : reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(notBuilt)
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request) ? page(reply) : sendProblem(noSuchRoute(request), request, reply),
  )
}
