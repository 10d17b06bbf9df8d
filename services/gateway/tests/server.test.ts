import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { httpServer } from '../src/http/server.ts'
import { signUp, startGateway } from './support/start-gateway.ts'

test('listens, says where, and stops', async () => {
  const gateway = await startGateway()
  const heard: string[] = []
  const server = await httpServer(url => heard.push(url)).start(gateway.ctx)
  const [url] = heard
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const { bearer } = await signUp(gateway)
  const answer = await fetch(`${url}/api/v1/me`, { headers: bearer })
  expect(answer.status).toBe(200)
  await answer.json()
  await server.stop()
  await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed')
})

test('a taken port is a clear error that names the setting', async () => {
  const other = createServer()
  const port = await new Promise<number>(resolve => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port))
  })
  const { ctx } = await startGateway({ settings: { LUNA_PORT: String(port) } })
  await expect(httpServer().start(ctx)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(new RegExp(`Port ${port} .*LUNA_PORT`)),
  })
  await new Promise(resolve => other.close(resolve))
})
