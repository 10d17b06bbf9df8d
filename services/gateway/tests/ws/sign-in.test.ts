import { expect, it } from 'vitest'
import { type Live, type Person, startLive } from '../live/start-live.ts'
import { Socket, signedIn } from './socket.ts'

const hello = { type: 'hello', protocol: 1 } as const
const ownPage = (live: Live) => ({ origin: live.url })
const browser = (person: Person, headers: { origin?: string | undefined }) => ({
  headers: { cookie: person.cookie, ...headers },
})

it('says who is signed in and until when', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const socket = await signedIn(live.url, person)
  const ready = await socket.next('ready')
  expect(ready).toMatchObject({ protocol: 1, user: { id: person.id } })
  expect(Date.parse(ready.expiresAt)).toBeGreaterThan(Date.now())
  socket.send({ type: 'ping' })
  await socket.next('pong')
})

it('takes an API key', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const made = await fetch(`${live.url}/api/v1/me/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'a script' }),
  })
  const { secret } = (await made.json()) as { secret: string }
  const socket = await signedIn(live.url, { ...person, token: secret })
  expect((await socket.next('ready')).user.id).toBe(person.id)
})

it('closes whoever does not say hello in time, says something else first, or brings no valid token', async () => {
  const live = await startLive()
  const silent = await new Socket(await live.door({ helloMs: 30, sweepMs: 10 })).opened()
  expect((await silent.end()).code).toBe(4401)
  for (const first of [{ type: 'ping' } as const, { ...hello, token: 'nonsense' }, hello]) {
    const socket = await new Socket(live.url).opened()
    socket.send(first)
    expect((await socket.end()).code).toBe(4401)
    expect(socket.frames[0]).toMatchObject({ type: 'error', error: { code: 'unauthorized' } })
  }
})

it('lets a browser in by its cookie only from an allowed page', async () => {
  const live = await startLive({ settings: { LUNA_ORIGINS: 'https://luna.example.org' } })
  const person = await live.signUp()
  for (const origin of [live.url, 'https://luna.example.org']) {
    const socket = await new Socket(live.url, '/ws', browser(person, { origin })).opened()
    socket.send(hello)
    expect((await socket.next('ready')).user.id).toBe(person.id)
  }
  for (const headers of [{ origin: 'https://evil.example.org' }, { origin: 'null' }, {}]) {
    const socket = new Socket(live.url, '/ws', browser(person, headers))
    await socket.end()
    expect(socket.status).toBe(403)
  }
})

it('opens no socket for a secret in the URL', async () => {
  const live = await startLive()
  const person = await live.signUp()
  for (const name of ['token', 'access_token', 'Api_Key']) {
    const socket = new Socket(live.url, `/ws?${name}=${person.token}`, { headers: ownPage(live) })
    await socket.end()
    expect(socket.status).toBe(400)
  }
})

it('answers no upgrade elsewhere', async () => {
  const live = await startLive()
  const socket = new Socket(live.url, '/api/v1/me')
  await socket.end()
  expect(socket.status).not.toBeNull()
})

it('handles what comes right behind hello once the sign-in stands', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const socket = await new Socket(live.url).opened()
  socket.send({ ...hello, token: person.token })
  socket.send({ type: 'ping' })
  await socket.next('pong')
  expect(socket.frames.map(frame => frame.type).filter(type => type !== 'notice')).toEqual(['ready', 'pong'])
})

it('renews a sign-in with the token of the same person only', async () => {
  const live = await startLive()
  const [one, other] = [await live.signUp(), await live.signUp()]
  const socket = await signedIn(live.url, one)
  socket.send({ type: 'auth', token: one.token })
  expect((await socket.next('ready', 1)).user.id).toBe(one.id)
  socket.send({ type: 'auth', token: other.token })
  expect((await socket.end()).code).toBe(4401)
})

it('ends with the sign-in it stands on: when it expires, and when it is revoked', async () => {
  const live = await startLive()
  const person = await live.signUp()
  let aheadMs = 0
  const clock = { ...live.ctx.clock, now: () => new Date(Date.now() + aheadMs) }
  const expiring = await signedIn(await live.door({ sweepMs: 10 }, clock), person)
  aheadMs = 16 * 60_000
  expect((await expiring.end()).code).toBe(4401)
  const watching = await signedIn(live.url, person)
  const headers = { authorization: `Bearer ${person.token}` }
  expect((await fetch(`${live.url}/api/v1/auth/logout`, { method: 'POST', headers })).status).toBe(204)
  expect((await watching.end()).code).toBe(4403)
})
