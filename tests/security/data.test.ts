import { uuidv7 } from '@luna/client'
import { contracts } from '@luna/contracts'
import { createDatabase, createPool, person, roleUrl } from '@luna/service'
import { Client } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { query } from '../kit/database.ts'
import { type LiveSocket, signIn } from '../kit/live-socket.ts'
import { useLuna } from '../kit/luna.ts'
import { type Person, signUp } from '../kit/people.ts'
import { rest } from '../kit/rest.ts'
import { type Operation, sampleBody, samplePath } from '../kit/sample-request.ts'
import { ask } from '../kit/talk.ts'

const canary = `canary${uuidv7().replaceAll('-', '')}`

describe('what one person has, no other gets', () => {
  const system = useLuna({ topology: 'embedded' })
  let owner: Person
  let stranger: Person
  let ids: Record<string, string>

  beforeAll(async () => {
    owner = await signUp(system.luna.url, canary)
    stranger = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, owner.token)
    const question = `Mine alone: ${canary}`
    onMessage(system.model, question, { text: `Yours alone: ${canary}` })
    const { conversationId, messageId, turnId } = await ask(socket, question)
    const key = await owner.client.keys.create(canary)
    const made = async (path: string, body: object) =>
      String((await rest(system.luna.url, 'POST', path, { token: owner.token, body })).body['id'])
    ids = {
      conversations: conversationId,
      messages: messageId,
      turns: turnId,
      keys: key.id,
      characters: await made('characters', { name: canary, description: canary }),
      memories: await made('memories', { text: `Remember ${canary}` }),
      journal: await made('journal', { text: `Today ${canary}` }),
    }
    for (const [what, id] of Object.entries(ids))
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error(`${what} could not be made: ${id}`)
    await socket.close()
  })

  test('10: every table with a row of a person is under FORCE row level security: 0 rows without a scope', async () => {
    const schemas = contracts.map(({ service }) => service)
    const tables = await query<{ schema: string; table: string; forced: boolean; enabled: boolean }>(
      system.luna,
      `select n.nspname as schema, c.relname as table, c.relforcerowsecurity as forced, c.relrowsecurity as enabled
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname = any($1) and exists (
          select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped)`,
      [schemas],
    )
    const isWork = (table: string) => ['outbox', 'erased_persons'].includes(table) || table.endsWith('_jobs')
    const wordy = await query<{ name: string }>(
      system.luna,
      `select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
        where table_schema = any($1) and table_name like '%\\_jobs' and data_type in ('text', 'bytea', 'json', 'jsonb')`,
      [schemas],
    )
    expect(wordy, 'work tables hold ids and numbers only').toEqual([])
    const withText = tables.filter(({ table }) => !isWork(table))
    expect(withText.length).toBeGreaterThan(8)
    expect(withText.filter(({ forced, enabled }) => !forced || !enabled)).toEqual([])

    let there = 0
    for (const schema of schemas) {
      const login = new Client({ connectionString: roleUrl(await system.luna.databaseUrl(), schema) })
      await login.connect()
      for (const { table } of withText.filter(row => row.schema === schema)) {
        const [all] = await query<{ n: number }>(system.luna, `select count(*)::int as n from ${schema}."${table}"`)
        there += all?.n ?? 0
        const { rows } = await login.query(`select count(*)::int as n from ${schema}."${table}"`)
        expect(rows[0].n, `${schema}.${table}`).toBe(0)
      }
      await login.end()
    }
    expect(there).toBeGreaterThan(4)
  })

  test('11: with another’s ids every route that takes one answers 404 and shows nothing of them', async () => {
    const { paths } = (await (await fetch(`${system.luna.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Operation>>
    }
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      /\{id\}/.test(path)
        ? Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation }))
        : [],
    )
    expect(routes.length).toBeGreaterThan(15)
    const wrong = new Set<string>()
    for (const { path, method, operation } of routes) {
      for (const id of Object.values(ids)) {
        const answer = await rest(system.luna.url, method, samplePath(path, id, operation), {
          token: stranger.token,
          ...(method === 'GET' ? {} : { body: path.endsWith('/avatar') ? aFile() : (sampleBody(operation) ?? {}) }),
        })
        if (![403, 404].includes(answer.status))
          wrong.add(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 300)}`)
        expect(answer.text).not.toContain(canary)
      }
    }
    expect([...wrong]).toEqual([])
    const mine = await rest(system.luna.url, 'GET', `conversations/${ids['conversations']}/messages`, {
      token: owner.token,
    })
    expect(mine.text).toContain(canary)
  })

  test('11: with another’s ids over the socket, and in lists and search, there is nothing either', async () => {
    const socket: LiveSocket = await signIn(system.luna.url, stranger.token)
    const { conversations: conversationId, messages: messageId, turns: turnId } = ids
    const sends = [
      { type: 'subscribe', conversationId },
      { type: 'send', id: uuidv7(), text: 'Let me in', conversationId },
      { type: 'regenerate', id: uuidv7(), messageId },
      { type: 'cancel', turnId },
      { type: 'approve', callId: turnId, decision: 'once' },
      { type: 'typing', conversationId },
    ]
    for (const frame of sends) socket.send(frame)
    for (const id of [conversationId, sends[1]?.id, sends[2]?.id, turnId])
      expect((await socket.next('error', frame => frame.id === id)).error.code).toBe('not-found')
    const own = await rest(system.luna.url, 'POST', 'conversations', { token: stranger.token, body: {} })
    socket.send({ type: 'send', id: uuidv7(), text: 'Below it', conversationId: own.body['id'], parentId: messageId })
    await socket.find(
      frame => frame.type === 'error' && frame.error.code === 'not-found' && frame.error.message.includes('parentId'),
    )
    for (const path of [
      'conversations',
      `search?q=${canary}`,
      'me/keys',
      'me/export',
      'characters',
      `characters/search?q=${canary}`,
      'memories',
      'journal',
      'plugins',
      'plugins/runs',
    ])
      expect((await rest(system.luna.url, 'GET', path, { token: stranger.token })).text).not.toContain(canary)
    expect(JSON.stringify(socket.frames)).not.toContain(canary)
    await socket.close()
  })

  test('12: 10,000 pooled transactions, a third of them aborted, leak no scope', async () => {
    const log = { child: () => log, warn: () => undefined, error: () => undefined } as never
    const pool = createPool({ adminUrl: await system.luna.databaseUrl(), schema: 'chat', max: 4, log })
    const database = createDatabase<{ messages: { person_id: string } }>(pool, 'chat')
    let leaked = 0
    const one = async (n: number) => {
      const id = n % 2 === 0 ? owner.id : stranger.id
      await database
        .transaction(person(id), async trx => {
          const rows = await trx.selectFrom('messages').select('person_id').execute()
          if (rows.some(row => row.person_id !== id)) leaked += 1
          if (n % 3 === 0)
            await trx
              .selectFrom('nothing' as never)
              .selectAll()
              .execute()
        })
        .catch(() => undefined)
      const { rows } = await pool.query(`select count(*)::int as n from messages`)
      if (rows[0].n !== 0) leaked += 1
    }
    for (let n = 0; n < 10_000; n += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => one(n + k)))
    await database.close()
    expect(leaked).toBe(0)
  })

  test('13: `*`, `>` and `.` in ids are refused everywhere', async () => {
    const socket = await signIn(system.luna.url, owner.token)
    for (const id of ['*', '>', '.', `${ids['conversations']}.>`, '../me']) {
      const path = `conversations/${encodeURIComponent(id)}`
      expect([400, 404]).toContain((await rest(system.luna.url, 'GET', path, { token: owner.token })).status)
      socket.send({ type: 'subscribe', conversationId: id })
      expect((await socket.next('error', frame => frame.id === id)).error.code).toBe('invalid')
    }
    await socket.close()
  })

  test('16: keys that would change prototypes are refused with 400', async () => {
    const bodies = [
      '{"title":"x","__proto__":{"admin":true}}',
      '{"title":"x","constructor":{"prototype":{"admin":true}}}',
      '{"__proto__":{"title":"x"}}',
    ]
    for (const body of bodies)
      expect((await rest(system.luna.url, 'POST', 'conversations', { token: owner.token, body })).status).toBe(400)
    const socket = await signIn(system.luna.url, owner.token)
    const id = uuidv7()
    socket.send(`{"type":"send","id":"${id}","text":"x","__proto__":{"conversationId":"${ids['conversations']}"}}`)
    const answer = await socket.find(frame => 'id' in frame && frame.id === id)
    expect(answer.type).toBe('error')
    await socket.close()
  })

  test('19: pages load nothing from elsewhere, by their Content-Security-Policy', async () => {
    for (const path of ['/', '/openapi.json', '/api/v1/me', '/docs']) {
      const { headers } = await rest(system.luna.url, 'GET', path)
      const policy = headers.get('content-security-policy') ?? `${path} has none`
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })
})

function aFile(): FormData {
  const form = new FormData()
  form.set('file', new Blob(['no picture'], { type: 'image/png' }), 'avatar.png')
  return form
}
