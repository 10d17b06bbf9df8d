import { gateway, personality } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { base64, charx, png, v2, v3 } from '../src/cards/samples.suite.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
beforeAll(async () => {
  on = await onABus()
})
afterAll(() => on.close())

const calls = personality.calls
const someone = () => person(systemRandom.id())

async function bring(scope: ReturnType<typeof person>, bytes: Uint8Array, name = 'card') {
  const uploadId = systemRandom.id()
  const size = 100_000
  const pieces = Math.max(1, Math.ceil(bytes.length / size))
  for (let index = 0; index < pieces; index += 1) {
    const data = Buffer.from(bytes.subarray(index * size, (index + 1) * size)).toString('base64')
    await on.call(calls.putPiece, { uploadId, index, data }, scope)
  }
  return on.call(calls.importCharacters, { uploadId, pieces, name }, scope)
}

async function take(
  scope: ReturnType<typeof person>,
  input: { characterId: string; format: 'png' | 'json' | 'charx'; original?: boolean; spec?: 'v1' | 'v2' | 'v3' },
) {
  const { fileId } = await on.call(calls.exportCharacter, input, scope)
  const parts: Buffer[] = []
  for (let end = false, offset = 0; !end; ) {
    const piece = await on.call(calls.readFile, { fileId, offset }, scope)
    parts.push(Buffer.from(piece.data, 'base64'))
    offset += parts.at(-1)?.length ?? 0
    end = piece.end
  }
  return Buffer.concat(parts)
}

test('what is private is one person’s; what is public is everybody’s to read and the owner’s to change', async () => {
  const [ada, ben] = [someone(), someone()]
  const secret = await on.call(calls.createCharacter, { sheet: { name: 'Secret Garden', tags: ['Hidden'] } }, ada)
  const open = await on.call(calls.createCharacter, { sheet: { name: 'Open House' }, visibility: 'public' }, ada)
  expect([secret.slug, secret.own, open.visibility]).toEqual(['secret-garden', true, 'public'])
  await expect(on.call(calls.getCharacter, { id: secret.id }, ben)).rejects.toMatchObject({ code: 'not-found' })
  await expect(on.call(calls.getCharacter, { slug: 'secret-garden' }, ben)).rejects.toMatchObject({ code: 'not-found' })
  await expect(on.call(calls.compose, { characterId: secret.id }, ben)).rejects.toMatchObject({ code: 'not-found' })
  expect(await on.call(calls.getCharacter, { slug: 'open-house' }, ben)).toMatchObject({ id: open.id, own: false })
  await expect(
    on.call(calls.updateCharacter, { characterId: open.id, changes: { name: 'x' } }, ben),
  ).rejects.toMatchObject({ code: 'forbidden' })
  await expect(on.call(calls.deleteCharacter, { characterId: open.id }, ben)).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(on.call(calls.listVersions, { characterId: open.id }, ben)).rejects.toMatchObject({ code: 'not-found' })
  const of = async (scope: typeof ada, q: string) =>
    (await on.call(calls.searchCharacters, { q }, scope)).items.map(({ name }) => name)
  expect([await of(ada, 'secret garden'), await of(ben, 'secret garden'), await of(ben, 'open house')]).toEqual([
    ['Secret Garden'],
    [],
    ['Open House'],
  ])
  expect((await on.call(calls.searchCharacters, { q: 'secret garden' }, ada)).facets.tags).toEqual([
    { value: 'Hidden', count: 1 },
  ])
  const stored = JSON.stringify(
    await on.sql(
      `select encode(body, 'escape') || encode(head, 'escape') || slug_key || lexemes::text as all from personality.characters where id = '${secret.id}'`,
      'administrator',
    ),
  )
  expect(stored.toLowerCase()).not.toMatch(/garden|hidden/)
  for (const table of [
    'characters',
    'character_versions',
    'character_usage',
    'moods',
    'mood_turns',
    'personas',
    'lorebooks',
    'conversations',
    'generations',
  ])
    expect(await on.sql(`select 1 from personality.${table}`, 'role')).toEqual([])
})

test('each change is a version that can be compared and brought back; a stale one is refused', async () => {
  const ada = someone()
  const { id } = await on.call(calls.createCharacter, { sheet: { name: 'Ivy', greeting: 'one' } }, ada)
  const second = await on.call(
    calls.updateCharacter,
    { characterId: id, changes: { greeting: 'two' }, ifVersion: 1 },
    ada,
  )
  expect(second.version).toBe(2)
  await expect(
    on.call(calls.updateCharacter, { characterId: id, changes: { greeting: 'three' }, ifVersion: 1 }, ada),
  ).rejects.toMatchObject({ code: 'stale' })
  expect((await on.call(calls.updateCharacter, { characterId: id, changes: { greeting: 'two' } }, ada)).version).toBe(2)
  expect(await on.call(calls.diffVersions, { characterId: id, from: 1, to: 2 }, ada)).toEqual({
    changes: [{ field: 'greeting', before: 'one', after: 'two' }],
  })
  expect(await on.call(calls.restoreVersion, { characterId: id, version: 1, ifVersion: 2 }, ada)).toMatchObject({
    version: 3,
    sheet: { greeting: 'one' },
  })
  const { items } = await on.call(calls.listVersions, { characterId: id }, ada)
  expect(items.map(({ version, changed }) => [version, changed])).toEqual([
    [3, ['greeting']],
    [2, ['greeting']],
    [1, ['created']],
  ])
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map(greeting =>
      on.call(calls.updateCharacter, { characterId: id, changes: { greeting }, ifVersion: 3 }, ada),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const twins = await Promise.all([1, 2, 3].map(() => on.call(calls.createCharacter, { sheet: { name: 'Ivy' } }, ada)))
  expect(new Set(twins.map(({ slug }) => slug))).toEqual(new Set(['ivy-2', 'ivy-3', 'ivy-4']))
})

test('a card in pieces comes in, is shown, and leaves deep-equal in each format; the file itself is kept', async () => {
  const ada = someone()
  for (const [file, spec, json] of [
    [png(['chara', base64(v2)]), 'v2', v2],
    [charx(v3), 'v3', v3],
    [Buffer.from(JSON.stringify(v3)), 'v3', v3],
  ] as const) {
    const { items } = await bring(ada, file, 'my card')
    const { id, sheet, loreEntries } = items[0] ?? { id: '' }
    expect([sheet?.name, loreEntries]).toEqual(['Ärwin 🌙', 2])
    expect(JSON.parse((await take(ada, { characterId: id, format: 'json', spec })).toString())).toEqual(json)
    expect(await take(ada, { characterId: id, format: 'png', original: true })).toEqual(Buffer.from(file))
    const again = await bring(ada, await take(ada, { characterId: id, format: 'png' }))
    expect(again.items[0]?.sheet).toEqual(sheet)
    const archive = await bring(ada, await take(ada, { characterId: id, format: 'charx' }))
    expect(archive.items[0]?.sheet).toEqual(sheet)
  }
  await expect(bring(ada, Buffer.from('nonsense'))).rejects.toMatchObject({ code: 'invalid' })
  await expect(
    on.call(calls.importCharacters, { uploadId: systemRandom.id(), pieces: 1, name: 'x' }, ada),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('World Info becomes a lorebook that fires in the person’s talks, and stops when it is deleted', async () => {
  const ada = someone()
  const info = {
    entries: {
      '0': { key: ['lantern'], content: 'Lanterns are forbidden.', uid: 0, position: 1, constant: false },
      '7': { key: ['moon'], content: 'Two moons.', disable: true },
    },
  }
  const { lorebooks } = await bring(ada, Buffer.from(JSON.stringify(info)), 'world.json')
  expect(lorebooks).toMatchObject([{ entries: 2, scope: 'person' }])
  const { fileId } = await on.call(calls.exportLorebook, { id: lorebooks[0]?.id ?? '' }, ada)
  const written = await on.call(calls.readFile, { fileId, offset: 0 }, ada)
  expect(JSON.parse(Buffer.from(written.data, 'base64').toString())).toEqual(info)
  const fired = async () => (await on.call(calls.compose, { recent: ['I light the lantern under the moon'] }, ada)).lore
  expect(await fired()).toEqual([{ entry: 'lantern', why: '“lantern” was said' }])
  await on.call(calls.deleteLorebook, { id: lorebooks[0]?.id ?? '' }, ada)
  expect(await fired()).toEqual([])
})

test('rows of a bulk request stand for themselves', async () => {
  const ada = someone()
  const made = await on.call(
    calls.bulkCharacters,
    { create: [{ sheet: { name: 'One' } }, { sheet: { name: 'Two' }, visibility: 'workspace' }] },
    ada,
  )
  expect(made.create.map(({ ok, error }) => [ok, error?.code])).toEqual([
    [true, undefined],
    [false, 'forbidden'],
  ])
  const id = made.create[0]?.id ?? ''
  const changed = await on.call(
    calls.bulkCharacters,
    {
      update: [
        { id, changes: { name: 'Uno' } },
        { id, changes: { name: 'x' }, ifVersion: 1 },
      ],
      delete: [systemRandom.id(), id],
    },
    ada,
  )
  expect(changed.update.map(({ ok, error }) => [ok, error?.code])).toEqual([
    [true, undefined],
    [false, 'stale'],
  ])
  expect(changed.delete.map(({ ok }) => ok)).toEqual([false, true])
})

test('an erasure takes characters, files, personas and moods; nothing is left of the person', async () => {
  const ada = someone()
  const personId = ada.kind === 'person' ? ada.personId : ''
  await bring(ada, png(['chara', base64(v2)]))
  await on.call(calls.createCharacter, { sheet: { name: 'Left public' }, visibility: 'public' }, ada)
  await on.call(calls.putPersona, { name: 'Captain', description: 'brave', isDefault: true }, ada)
  const rows: unknown[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { rows: unknown[]; nextCursor: string | null } = await on.call(
      calls.exportPage,
      cursor === null ? {} : { cursor },
      ada,
    )
    rows.push(...page.rows)
    cursor = page.nextCursor
    if (cursor === null) break
  }
  expect(rows).toMatchObject([{ kind: 'character' }, { kind: 'character' }, { kind: 'persona', name: 'Captain' }])
  await on.publish(gateway.events.accountErased, { personId, erasureId: systemRandom.id() })
  await waitFor(() => on.receipts.some(receipt => receipt.personId === personId))
  const receipt = on.receipts.find(found => found.personId === personId)
  expect(receipt?.counts).toMatchObject({ characters: 2, personas: 1 })
  expect(receipt?.counts['files']).toBeGreaterThan(0)
  for (const table of ['characters', 'character_versions'])
    expect(await on.sql(`select 1 from personality.${table} where owner_id = '${personId}'`, 'administrator')).toEqual(
      [],
    )
  await expect(on.call(calls.createCharacter, { sheet: { name: 'Back' } }, ada)).rejects.toMatchObject({
    code: 'not-found',
  })
})
