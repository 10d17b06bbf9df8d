import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createModels } from '../models.ts'
import { reflect } from './reflect.ts'
import { rememberedIn } from './remembered.ts'
import { respond } from './respond.ts'
import { script } from './script.ts'

describe('the script', () => {
  test.for([
    ['Hello!', /built-in responder/],
    ['Are you an AI?', /no language model.*OPENAI_API_KEY/],
    ['who are you', /ELIZA/],
    ['How do I connect Ollama?', /start Ollama/],
    ["I'm so sad today", /sorry that you feel/],
    ['My boss hates me and I feel anxious', /worst that you expect/],
    ["I can't tell my sister", /if you could tell your sister/],
    ['I think you hate me', /think that I hate you/],
    ['I miss my old dog.', /miss most about your old dog/],
    ['My grandmother died', /I am sorry/],
    ['My mother called again', /your mother/],
    ['What is the capital of France?', /no language model/],
    ['yes', /You seem sure/],
    ['I want to kill myself', /crisis line/],
    ['i dont want to live anymore', /crisis line/],
    ['...', /only read words/],
  ] as const)('%s', ([text, answer]) => {
    expect(respond([text])).toMatch(answer)
  })

  test('has more than forty rules, each with its own name and filled places', () => {
    expect(script.length).toBeGreaterThan(40)
    expect(new Set(script.map(rule => rule.name)).size).toBe(script.length)
    for (const rule of script) expect(rule.answers.length).toBeGreaterThan(0)
  })
})

test('comes back to an earlier topic when nothing fits', () => {
  expect(respond(['My boss shouted at me', 'Hmm, green.'])).toMatch(/earlier you spoke of your work/i)
})

describe('what is remembered', () => {
  const notes = ['The person’s sister is called Anna.', 'The person likes sailing.']
  const prompt = `Remembered.\n<remembered>\n- ${notes.join('\n- ')}\n</remembered>`

  test('is read from the prompt, and repeated word for word when it is asked for', () => {
    const request = { messages: [{ role: 'system' as const, content: prompt }] }
    expect(rememberedIn(request)).toEqual(notes)
    for (const question of ['What do you remember about my sister?', "Who's my sister?", 'Do you know what I like?'])
      expect(notes.some(note => respond([question], notes).includes(note))).toBe(true)
    expect(respond(['What do you remember about my sister?'], notes)).toContain('Anna')
    expect(respond(['What do you remember about my sister?'], notes)).not.toContain('sailing')
  })

  test('is not brought up unasked, nor when there is nothing, nor before danger', () => {
    expect(respond(['I am sad today'], notes)).not.toContain('Anna')
    expect(respond(['Do you remember my sister?'], [])).toMatch(/your sister/)
    expect(respond(['Do you remember me? I want to die'], notes)).toMatch(/crisis line/)
  })
})

test('does not say the same thing twice in a row', () => {
  expect(respond(['I am sad', 'I am sad'])).not.toBe(respond(['I am sad']))
})

test.for([
  ['Ich bin heute traurig und weiß nicht warum', /kein Sprachmodell/],
  ['Je suis très fatigué et je ne dors pas', /sans modèle de langage/],
  ['¿Por qué estoy tan solo?', /sin modelo de lenguaje/],
  ['Мне грустно сегодня', /не языковая модель/],
  ['今日はとても悲しいです', /言語モデルではなく/],
  ['我今天很难过', /不是语言模型/],
  ['나는 오늘 슬퍼요', /언어 모델이 아니고/],
  ['אני עצוב היום', /no language model/],
  ['Hallo', /kein Sprachmodell|geen taalmodel/],
] as const)('says what it is in the language of: %s', ([text, answer]) => {
  expect(respond([text])).toMatch(answer)
})

test('English with foreign words stays English', () => {
  expect(respond(['I am in love with a girl from Las Vegas'])).not.toMatch(/modelo/)
})

test('turns a phrase round', () => {
  expect(reflect('my friends never call me')).toBe('your friends never call you')
  expect(reflect('i was with you')).toBe('you were with me')
  expect(reflect('she was late')).toBe('she was late')
})

test('answers anything with a filled sentence, the same way every time', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.lorem({ mode: 'sentences' }),
    fc.constantFrom('I am $1 $& so', "i can't"),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), texts => {
      const answer = respond(texts)
      expect(answer.trim()).not.toBe('')
      expect(answer).not.toMatch(/\$1|undefined/)
      expect(respond(texts)).toBe(answer)
    }),
  )
})

test('streams through the pool word by word, with usage by estimate, and is not taken for a model', async () => {
  const models = createModels({ providers: [] })
  expect(models).toMatchObject({ hasModel: false, embeddingModel: null })
  expect(models.describe()).toMatchObject({ builtIn: true, chat: { provider: 'built-in' } })
  const events = []
  for await (const event of models.stream({ messages: [{ role: 'user', content: 'hello' }] }, { join: false }))
    events.push(event)
  const text = events.map(event => (event.type === 'delta' ? event.text : '')).join('')
  expect(text).toBe(respond(['hello']))
  expect(events.length).toBeGreaterThan(10)
  expect(events.at(-2)).toMatchObject({ type: 'usage', usage: { estimated: true } })
  expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop', route: { provider: 'built-in' } })
  await expect(models.embed(['a'])).rejects.toMatchObject({ code: 'unavailable' })
  await models.close()
})
