import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findProviders } from './find-providers.ts'

type Models = Record<string, string[]>

/** A fetch that knows the model lists of some addresses and nothing else. */
const lists =
  (models: Models): typeof fetch =>
  async input => {
    const names = models[new URL(String(input)).host]
    if (!names) throw new TypeError('fetch failed')
    return Response.json({ data: names.map(id => ({ id })) })
  }
const nowhere = { fetch: lists({}) }
const faultsOf = async (env: Record<string, string>, options = nowhere) => {
  const error = await findProviders(env, options).catch((each: unknown) => each)
  return (error as { details: { faults: { name: string }[] } }).details.faults.map(fault => fault.name)
}

describe('where the models come from', () => {
  test('nothing anywhere: the built-in responder', async () => {
    const found = await findProviders({}, nowhere)
    expect(found).toMatchObject({ providers: [], source: 'built-in' })
    expect(found.summary).toMatch(/built-in responder.*OPENAI_API_KEY/)
  })

  test('keys, in their order, without looking at this machine', async () => {
    const found = await findProviders(
      { OPENROUTER_API_KEY: 'r', OPENAI_API_KEY: 'o' },
      { fetch: lists({ '127.0.0.1:11434': ['x'] }) },
    )
    expect(found.source).toBe('environment')
    expect(found.providers).toMatchObject([
      { name: 'openai', apiKey: 'o', baseURL: 'https://api.openai.com/v1', maxTokensField: 'max_completion_tokens' },
      { name: 'openrouter', apiKey: 'r', maxTokensField: 'max_tokens' },
    ])
  })

  test('LUNA_MODEL moves its maker to the front', async () => {
    const found = await findProviders(
      { OPENAI_API_KEY: 'o', ANTHROPIC_API_KEY: 'a', LUNA_MODEL: 'claude-sonnet-4-5' },
      nowhere,
    )
    expect(found.providers.map(each => [each.name, each.models.chat])).toEqual([
      ['anthropic', 'claude-sonnet-4-5'],
      ['openai', expect.any(String)],
    ])
  })

  test('an address of one’s own is asked for its models', async () => {
    const found = await findProviders(
      { OPENAI_BASE_URL: 'http://box:8000/v1' },
      { fetch: lists({ 'box:8000': ['bge-embed', 'qwen'] }) },
    )
    expect(found.providers).toMatchObject([
      { name: 'openai', baseURL: 'http://box:8000/v1', models: { chat: 'qwen' }, maxTokensField: 'max_tokens' },
    ])
  })

  test('Ollama and LM Studio on this machine, the one with LUNA_MODEL first', async () => {
    const fetch = lists({ '127.0.0.1:11434': ['nomic-embed-text', 'llama3'], '127.0.0.1:1234': ['phi', 'qwen'] })
    const found = await findProviders({ LUNA_MODEL: 'qwen', LUNA_EMBEDDING_MODEL: 'nomic-embed-text' }, { fetch })
    expect(found.source).toBe('this machine')
    expect(found.providers.map(each => [each.name, each.models.chat])).toEqual([
      ['lmstudio', 'qwen'],
      ['ollama', 'llama3'],
    ])
    expect(found.providers[0]?.firstTokenMs).toBe(120_000)
    expect(found.providers[0]?.models.embedding).toBe('nomic-embed-text')
  })

  test('a LUNA_MODEL that nobody has is said, not swallowed', async () => {
    const found = await findProviders({ LUNA_MODEL: 'gone' }, { fetch: lists({ '127.0.0.1:11434': ['llama3'] }) })
    expect(found.summary).toMatch(/LUNA_MODEL asks for gone, which was not found/)
  })
})

describe('LUNA_PROVIDERS', () => {
  const settings = JSON.stringify([
    { name: 'gemini', models: { chat: 'flash' } },
    {
      name: 'mine',
      baseURL: 'http://127.0.0.1:9/v1',
      models: { chat: 'a', small: 'b' },
      priority: 1,
      weight: 2,
      firstTokenMs: 500,
    },
  ])

  test('as JSON, with presets and keys of the environment', async () => {
    const found = await findProviders(
      { LUNA_PROVIDERS: settings, GEMINI_API_KEY: 'g', OPENAI_API_KEY: 'unused' },
      nowhere,
    )
    expect(found.source).toBe('settings')
    expect(found.providers).toMatchObject([
      { name: 'gemini', apiKey: 'g', priority: 0, firstTokenMs: 20_000 },
      { name: 'mine', priority: 1, weight: 2, firstTokenMs: 500, models: { small: 'b' } },
    ])
  })

  test('as a file', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'luna-models-'))
    const file = join(dir, 'providers.json')
    await writeFile(file, settings)
    const found = await findProviders({ LUNA_PROVIDERS: file, GEMINI_API_KEY: 'g' }, nowhere)
    expect(found.providers).toHaveLength(2)
    await rm(dir, { recursive: true })
  })

  test('every fault at once, by name', async () => {
    const bad = JSON.stringify([
      { name: 'x', models: {}, colour: 1 },
      { name: 'y', baseURL: 'ftp://h', models: { chat: 'm' }, priority: -1 },
    ])
    expect((await faultsOf({ LUNA_PROVIDERS: bad })).toSorted()).toEqual([
      'LUNA_PROVIDERS[0]',
      'LUNA_PROVIDERS[0].models.chat',
      'LUNA_PROVIDERS[1].baseURL',
      'LUNA_PROVIDERS[1].priority',
    ])
  })

  test('missing addresses and keys, names used twice', async () => {
    const bad = JSON.stringify([
      { name: 'mine', models: { chat: 'm' } },
      { name: 'openai', models: { chat: 'm' } },
      { name: 'openai', apiKey: 'k', models: { chat: 'm' } },
    ])
    expect(await faultsOf({ LUNA_PROVIDERS: bad })).toEqual([
      'LUNA_PROVIDERS[0].baseURL',
      'LUNA_PROVIDERS[1].apiKey',
      'LUNA_PROVIDERS[2].name',
    ])
  })

  test.for(['{"name":', '/no/such/file.json', '[]', '7'])('%s', async value => {
    expect(await faultsOf({ LUNA_PROVIDERS: value })).toEqual(['LUNA_PROVIDERS'])
  })

  test('a broken value is not quoted: it may hold a key', async () => {
    await expect(findProviders({ LUNA_PROVIDERS: '[{"apiKey": "sk-canary", }]' }, nowhere)).rejects.not.toThrow(
      /canary/,
    )
  })

  test('a key of the environment does not go to another address under the same name', async () => {
    const own = JSON.stringify([{ name: 'openai', baseURL: 'http://elsewhere/v1', models: { chat: 'm' } }])
    const found = await findProviders({ LUNA_PROVIDERS: own, OPENAI_API_KEY: 'o' }, nowhere)
    expect(found.providers[0]?.apiKey).toBeUndefined()
  })
})

test('faults of different settings come together', async () => {
  const env = { OPENAI_BASE_URL: 'nonsense', ANTHROPIC_API_KEY: 'a', LUNA_EMBEDDING_MODEL: 'e' }
  expect(await faultsOf(env)).toEqual(['OPENAI_BASE_URL'])
  expect(await faultsOf({ ANTHROPIC_API_KEY: 'a', LUNA_EMBEDDING_MODEL: 'e' })).toEqual(['LUNA_EMBEDDING_MODEL'])
})
