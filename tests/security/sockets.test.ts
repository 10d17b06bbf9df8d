import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import { uuidv7 } from '@luna/client'
import { waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { onMessage } from '../kit/answers.ts'
import { type LiveSocket, openSocket, type Refused, signIn } from '../kit/live-socket.ts'
import { useLuna } from '../kit/luna.ts'
import { password, signUp } from '../kit/people.ts'
import { rest } from '../kit/rest.ts'
import { ask } from '../kit/talk.ts'
import { forgedTokens, masterKey } from './forged-tokens.ts'

const mib = 2 ** 20

describe('security of the live connection', () => {
  const system = useLuna({ topology: 'embedded', env: { LUNA_MASTER_KEY: masterKey } })

  /** Resident memory of the process, in bytes. */
  async function residentBytes(): Promise<number> {
    const status = await readFile(`/proc/${system.luna.process('gateway').pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
  }

  test('1: a cookie from a foreign Origin is refused with 403, over the socket and over REST', async () => {
    const { url } = system.luna
    const { email } = await signUp(url)
    const login = await rest(url, 'POST', 'auth/login', { body: { email, password } })
    const cookie = login.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ')
    expect(cookie).not.toBe('')
    const headers = { cookie, origin: 'https://evil.example' }

    const refused = (await openSocket(url, { headers }).catch((error: unknown) => error)) as Refused
    expect(refused.status).toBe(403)
    expect((await rest(url, 'POST', 'conversations', { body: {}, headers })).status).toBe(403)
    expect((await rest(url, 'POST', 'auth/refresh', { headers })).status).toBe(403)
    expect(
      (await rest(url, 'POST', 'auth/local', { body: {}, headers: { origin: 'https://evil.example' } })).status,
    ).toBe(403)
  })

  test('2: without a token, with an expired, a forged or an unsigned one nobody is let in', async () => {
    const { url } = system.luna
    const { token } = await signUp(url)
    for (const [name, forged] of Object.entries(forgedTokens(token))) {
      const socket = await openSocket(url)
      socket.send({ type: 'hello', protocol: 1, token: forged })
      const { code } = await socket.closed
      const { status } = await rest(url, 'GET', 'me', { token: forged })
      expect({ name, code, status }).toEqual({ name, code: 4401, status: 401 })
    }
    const silent = await openSocket(url)
    silent.send({ type: 'hello', protocol: 1 })
    expect(await silent.closed).toMatchObject({ code: 4401 })
    expect((await rest(url, 'GET', 'me')).status).toBe(401)
    const proper = await signIn(url, token)
    await proper.close()
  })

  test('3: a session that is ended in mid-connection is closed', async () => {
    const { url } = system.luna
    const { email } = await signUp(url)
    const login = await rest(url, 'POST', 'auth/login', { body: { email, password } })
    const socket = await signIn(url, String(login.body['accessToken']))
    const cookie = login.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ')
    const csrf = await rest(url, 'GET', 'auth/csrf', { headers: { cookie } })
    const cookies = [cookie, ...csrf.headers.getSetCookie().map(line => line.split(';')[0])].join('; ')
    const out = await rest(url, 'POST', 'auth/logout', {
      headers: { cookie: cookies, 'x-csrf-token': String(csrf.body['token']) },
    })
    const endedAt = performance.now()
    expect(out.status).toBe(204)
    expect(await socket.closed).toMatchObject({ code: 4403 })
    expect(performance.now() - endedAt).toBeLessThan(5_000)
  })

  test('4: a token in the URL is refused, and written into no log', async () => {
    const { url } = system.luna
    const { token } = await signUp(url)
    for (const name of ['token', 'access_token', 'key']) {
      const answer = await rest(url, 'GET', `/ws?${name}=${token}`, {
        headers: { connection: 'upgrade', upgrade: 'websocket' },
      }).catch(() => null)
      expect(answer?.status ?? 400).toBeGreaterThanOrEqual(400)
    }
    expect((await rest(url, 'GET', `/api/v1/me?access_token=${token}`)).status).toBe(401)
    await waitFor(async () => (await rest(url, 'GET', '/health/live')).status === 200)
    expect(system.luna.output()).not.toContain(token)
  })

  test('5: frames over 256 KiB, deep JSON and a deflate bomb close the socket, and take no memory', async () => {
    const { url } = system.luna
    const { token } = await signUp(url)
    await (await signIn(url, token)).close()
    const before = await residentBytes()
    const deep = `{"type":"ping","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    // A peer that is still writing when it is cut off may see the reset before the close frame.
    const cases: [(raw: WebSocket) => void, number[]][] = [
      [raw => raw.send('x'.repeat(32 * mib)), [1009, 1006]],
      [raw => raw.send(deep), [4400]],
      [raw => raw.send(JSON.stringify({ type: 'ping', x: 'y'.repeat(256 * 1024) })), [1009]],
      [bomb, [1002]],
    ]
    for (const [attack, codes] of cases) {
      const socket = await signIn(url, token)
      expect(socket.raw.extensions).toBe('')
      attack(socket.raw)
      expect(codes).toContain((await socket.closed).code)
    }
    expect((await residentBytes()) - before).toBeLessThan(50 * mib)
  })

  test('7: a client that never reads is cut off at 1 MiB of backlog', async () => {
    const { url } = system.luna
    const { token } = await signUp(url)
    const writer = await signIn(url, token)
    const { conversationId } = await ask(writer, 'Good evening')
    const deaf = await signIn(url, token)
    deaf.send({ type: 'subscribe', conversationId })
    await deaf.next('snapshot')
    deaf.raw.pause()
    // A control character is six bytes in JSON: much to carry, little to read.
    const answer = { tokens: Array.from({ length: 100 }, () => '\u0001'.repeat(1_000)) }
    for (let turn = 0; turn < 8; turn += 1) {
      const question = `Much, please. ${uuidv7()}`
      onMessage(system.model, question, answer)
      await ask(writer, question, { conversationId })
    }
    const sent = bytesOf(writer)

    deaf.raw.resume()
    expect([4408, 1006]).toContain((await deaf.closed).code)
    expect(bytesOf(deaf)).toBeLessThan(sent * 0.7)
    await writer.close()
  }, 120_000)

  test('8: 1,000 sockets that say nothing are cut off by the deadline of hello, others are let in meanwhile', async () => {
    const { url } = system.luna
    const { token } = await signUp(url)
    const idle: LiveSocket[] = []
    for (let batch = 0; batch < 10; batch += 1)
      idle.push(...(await Promise.all(Array.from({ length: 100 }, () => openSocket(url)))))
    await (await signIn(url, token)).close()
    const codes = await Promise.all(idle.map(async socket => (await socket.closed).code))
    expect(new Set(codes)).toEqual(new Set([4401]))
  })

  test('9: a cursor of somebody else is not found, and shows 0 frames', async () => {
    const { url } = system.luna
    const owner = await signIn(url, (await signUp(url)).token)
    const { conversationId, end } = await ask(owner, 'Something private')
    const stranger = await signIn(url, (await signUp(url)).token)
    stranger.send({ type: 'subscribe', conversationId, after: end.cursor })
    const { error } = await stranger.next('error')
    await ask(owner, 'And more of it', { conversationId })
    stranger.send({ type: 'ping' })
    await stranger.next('pong')
    expect(error.code).toBe('not-found')
    expect(stranger.frames.filter(frame => 'cursor' in frame)).toEqual([])
    await Promise.all([owner.close(), stranger.close()])
  })
})

describe('security of the live connection with the built-in limits', () => {
  const system = useLuna({ topology: 'embedded', env: { LUNA_LIMITS: '{"messages":{"burst":10,"perMinute":10}}' } })

  test('6: one who sends 200 messages at once is limited, others are served', async () => {
    const { url } = system.luna
    const [loud, quiet] = [await signIn(url, (await signUp(url)).token), await signIn(url, (await signUp(url)).token)]
    for (let times = 0; times < 200; times += 1) loud.send({ type: 'send', id: uuidv7(), text: 'Me! Me!' })
    const { end } = await ask(quiet, 'May I?')
    expect(end.type).toBe('turn.completed')
    await waitFor(() => answered(loud).length >= 200, { message: 'an answer to each message' })
    const refused = answered(loud).filter(frame => frame.type === 'error' && frame.error.code === 'rate-limited')
    expect(refused.length).toBeGreaterThanOrEqual(185)
    await Promise.all([loud.close(), quiet.close()])
  })
})

/** 200 MB of zeros, deflated to 200 KB, in a text frame whose RSV1 bit says that it is compressed (RFC 7692). */
function bomb(raw: WebSocket): void {
  const payload = deflateRawSync(Buffer.alloc(200 * mib))
  const header = Buffer.alloc(14)
  header[0] = 0b1100_0001
  header[1] = 0x80 | 127
  header.writeBigUInt64BE(BigInt(payload.length), 2)
  // A mask of zeros leaves the payload as it is.
  const { _socket: socket } = raw as unknown as { _socket: Socket }
  socket.write(Buffer.concat([header, payload]))
}

const bytesOf = ({ frames }: LiveSocket): number => JSON.stringify(frames).length

const answered = ({ frames }: LiveSocket) => frames.filter(({ type }) => type === 'accepted' || type === 'error')
