import * as fc from 'fast-check'
import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { countTokens, exactCharacters } from './count.ts'
import { anyFloor, estimateTokens, proseFloor } from './estimate.ts'
import { packBudget } from './pack-budget.ts'

const prose: [string, string][] = [
  [
    'English',
    'I went down to the river yesterday because I could not sleep. My sister had called and we argued about the house again.',
  ],
  [
    'German',
    'Ich bin gestern Abend zum Fluss hinuntergegangen, weil ich nicht schlafen konnte. Die Versicherungsbescheinigung liegt dort.',
  ],
  ['French', "Je suis descendu à la rivière hier soir parce que je n'arrivais pas à dormir. Ma sœur avait appelé."],
  [
    'Spanish',
    'Anoche bajé al río porque no podía dormir. Mi hermana había llamado y discutimos otra vez sobre la casa.',
  ],
  [
    'Polish',
    'Wczoraj wieczorem poszedłem nad rzekę, ponieważ nie mogłem spać. Moja siostra zadzwoniła i znowu kłóciliśmy się o dom.',
  ],
  ['Vietnamese', 'Tối qua tôi đi xuống bờ sông vì không ngủ được. Chị tôi gọi điện và chúng tôi lại cãi nhau.'],
  [
    'Russian',
    'Вчера вечером я спустился к реке, потому что не мог уснуть. Моя сестра позвонила, и мы снова поспорили.',
  ],
  ['Greek', 'Χθες το βράδυ κατέβηκα στο ποτάμι γιατί δεν μπορούσα να κοιμηθώ. Η αδερφή μου είχε τηλεφωνήσει.'],
  ['Arabic', 'نزلت إلى النهر مساء أمس لأنني لم أستطع النوم. اتصلت أختي وتشاجرنا مرة أخرى حول بيت أمنا.'],
  ['Hebrew', 'ירדתי אתמול בערב לנהר כי לא הצלחתי לישון. אחותי התקשרה ושוב רבנו על הבית של אמא שלנו.'],
  ['Hindi', 'कल शाम मैं नदी के किनारे गया क्योंकि मुझे नींद नहीं आ रही थी। मेरी बहन ने फोन किया था।'],
  ['Thai', 'เมื่อคืนนี้ฉันเดินลงไปที่แม่น้ำเพราะนอนไม่หลับ น้องสาวของฉันโทรมาและเราทะเลาะกัน'],
  ['Chinese', '昨天晚上我睡不着，就走到河边去了。我姐姐打来电话，我们又为母亲的房子吵了一架。'],
  ['Japanese', '昨日の夜、眠れなかったので川まで歩いて行きました。姉から電話があり、また口論になりました。'],
  ['Korean', '어젯밤에 잠이 오지 않아서 강가로 내려갔어요. 언니가 전화했고 우리는 또 다퉜어요.'],
  ['emoji', 'so happy 😀😀 👩‍👩‍👧 🎉🎉 love ❤️ 🏳️‍🌈 🤷🏽‍♀️'],
  [
    'code',
    'export function packBudget<T extends PromptPart>(parts: readonly T[], budget: number): Packed<T> {\n  let tokens = 0\n}',
  ],
  [
    'JSON',
    '{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":null}],"total_tokens":1234}',
  ],
]

test.for(prose)('%s is not underestimated, nor doubled', ([, text]) => {
  const ratio = estimateTokens(text) / count(text)
  expect(ratio).toBeGreaterThanOrEqual(proseFloor)
  expect(ratio).toBeLessThanOrEqual(2)
})

test('no text at all is underestimated beyond the stated bound', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
      expect(estimateTokens(text) + 1).toBeGreaterThanOrEqual(count(text, { disallowedSpecial: new Set() }) * anyFloor)
    }),
    { numRuns: 500 },
  )
})

test('counting is exact for short texts, close for cut ones, estimated beyond', async () => {
  const text = prose[0]![1]
  expect(await countTokens(text)).toBe(count(text))
  const long = `${text} `.repeat(60)
  const exact = count(long)
  const found = await countTokens(long)
  expect(found).toBeGreaterThanOrEqual(exact)
  expect(found).toBeLessThanOrEqual(exact + long.length / 512)
  const huge = 'x '.repeat(exactCharacters)
  expect(await countTokens(huge)).toBe(estimateTokens(huge))
  expect(await countTokens('<|endoftext|>')).toBeGreaterThan(1)
})

const part = (what: string, tokens: number, priority: number, more: object = {}) => ({
  what,
  tokens,
  priority,
  ...more,
})

test('required parts, then by priority, each if it still fits', () => {
  const packed = packBudget(
    [part('system', 50, 0, { required: true }), part('lore', 30, 1), part('memory', 40, 2), part('example', 10, 0)],
    100,
  )
  expect(packed.kept.map(each => each.what)).toEqual(['system', 'memory', 'example'])
  expect(packed).toMatchObject({ cut: [{ what: 'lore', tokens: 30 }], tokens: 100 })
})

test('a run is cut from its lowest priority up, without holes', () => {
  const history = [5, 40, 20, 20].map((tokens, age) => part('older messages', tokens, age, { run: 'history' }))
  const packed = packBudget(history, 50)
  expect(packed.kept).toEqual(history.slice(2))
  expect(packed.cut).toEqual([{ what: 'older messages', tokens: 45 }])
})

const sum = (list: readonly { tokens: number }[]) => list.reduce((all, each) => all + each.tokens, 0)

test('never over budget, everything kept or cut', () => {
  const parts = fc.array(
    fc.record({
      what: fc.constantFrom('a', 'b'),
      tokens: fc.nat(100),
      priority: fc.nat(5),
      run: fc.constantFrom('r', 's'),
    }),
  )
  fc.assert(
    fc.property(parts, fc.nat(300), (given, budget) => {
      const { kept, cut, tokens } = packBudget(given, budget)
      expect(tokens).toBe(sum(kept))
      expect(tokens).toBeLessThanOrEqual(budget)
      expect(sum(kept) + sum(cut)).toBe(sum(given))
    }),
  )
})

test('required parts over the budget are refused by name of the limit', () => {
  expect(() => packBudget([part('message', 200, 0, { required: true })], 100)).toThrow(
    expect.objectContaining({ code: 'too-large', details: { needed: 200, limit: 100 } }),
  )
})
