import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { generateDataKey, personKeyFrom } from '../../src/keys/index.ts'

const key = personKeyFrom(generateDataKey())
const texts = {
  beach: 'We walked along the beach and talked about “the long goodbye”.',
  cafe: 'Treffen im Café in der Straße am Sonntag',
  tokyo: '来週東京都に行きます。猫も一緒です。',
  seoul: '학교에서 친구를 만났어요',
  thai: 'ฉันรักแมวมาก',
  hindi: 'मैं कल दिल्ली जा रहा हूँ',
  russian: 'Ёлка стоит в углу, мой кот спит',
  be: 'to be or not to be',
  french: "J'ai revu l'amour d'Anna",
}

describe('the keyed full-text index in PostgreSQL', () => {
  let folder: string
  let server: EmbeddedPostgres
  let client: Client
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'luna-fulltext-'))
    const log = { info: () => undefined, error: () => undefined }
    server = await startEmbeddedPostgres({ dataDir: folder, log, settings: { fsync: 'off' } })
    client = new Client({ connectionString: server.url })
    await client.connect()
    await client.query('create temporary table message (id text, index tsvector)')
    for (const [id, text] of Object.entries(texts))
      await client.query('insert into message values ($1, $2::tsvector)', [id, key.tsvector(text)])
  })
  afterAll(async () => {
    await client?.end()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const find = async (query: string | null) => {
    const { rows } = await client.query<{ id: string }>(
      'select id from message where index @@ $1::tsquery order by id',
      [query],
    )
    return rows.map(row => row.id)
  }

  it.each([
    ['walking', ['beach']],
    ['BEACH talk', ['beach']],
    ['"long goodbye"', ['beach']],
    ['"goodbye long"', []],
    ['cafe strasse', ['cafe']],
    ['東京', ['tokyo']],
    ['東京都', ['tokyo']],
    ['京東', []],
    ['猫', ['tokyo']],
    ['학교', ['seoul']],
    ['แมว', ['thai']],
    ['दिल्ली', ['hindi']],
    ['елка', ['russian']],
    ['"to be or not"', ['be']],
    ['amour', ['french']],
    ['beach cafe', []],
  ])('finds %s', async (query, ids) => expect(await find(key.tsquery(query))).toEqual(ids))

  it('finds any of the words', async () =>
    expect(await find(key.tsquery('beach cafe', 'any'))).toEqual(['beach', 'cafe']))

  it('finds nothing with the key of somebody else', async () =>
    expect(await find(personKeyFrom(generateDataKey()).tsquery('beach'))).toEqual([]))

  it('takes a message of 32,000 characters of any script, and a query made to break out', async () => {
    const scripts = [
      Array.from({ length: 16_000 }, (_, index) => String.fromCodePoint(0x4e00 + (index % 9000))).join(''),
      Array.from({ length: 6_400 }, (_, index) => index.toString(36)).join("' "),
      'a '.repeat(16_000),
      "\u0000\\' :* | & ! <-> ( ) 🌙",
    ]
    for (const text of scripts)
      await client.query('insert into message values ($1, $2::tsvector)', ['long', key.tsvector(text)])
    for (const text of scripts) await expect(find(key.tsquery(text.slice(0, 500)))).resolves.toBeDefined()
  })
})
