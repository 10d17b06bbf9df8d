/** What a character can stand for. Letters are char codes (>= 0); these are the kinds. A separator is a gap or a join. */
export const kind = { letter: -1, gap: -2, stop: -3, join: -4, separator: -5 } as const

/** One step of the matcher: all that a character may be read as. */
export interface Reading {
  /** Equal readings have one id. */
  readonly id: number
  readonly symbols: readonly number[]
  readonly isLetter: boolean
  readonly isJoin: boolean
}

const visible = /[\p{L}\p{N}\p{M}]/u
const invisible =
  /^(?:[\p{Cf}\p{Cc}'’‘ʼ`´]|[\u0300-\u036f]|[\u064b-\u0652]|[\u0591-\u05c7]|\u093c|[\ufe00-\ufe0f]|[\u115f\u1160\u3164]|[\u{e0100}-\u{e01ef}])$/u

const marks = /[\u0300-\u036f]/g

const stops = new Set('.!?…。！？\n\r।;'.split(''))
const joins = new Set('.-_*·•/\\|~+–—‐‑'.split(''))

const leet: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'il',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'il',
  '€': 'e',
  '*': 'aeiou',
  '#': 'aeiou',
}

/** Pairs that look alike: the first is Latin, the second Cyrillic or Greek. Read both ways. */
const lookAlikes = 'aа eе oо pр cс yу xх kк mм tт hн bв iі jј sѕ dԁ qԛ wԝ hһ lӏ aα eε iι kκ vν oο pρ tτ uυ xχ nη'

/** Writing variants that are one letter to the rules: traditional and simplified Chinese, chandrabindu and anusvara. */
const variants =
  '殺杀 結结 這这 個个 沒没 無无 麼么 樣样 們们 來来 過过 說说 還还 覺觉 藥药 樓楼 傷伤 離离 開开 掛挂 應应 該该 後后 會会 為为 遺遗 書书 讓让 對对 關关 時时 點点 問问 從从 當当 現现 實实 種种 給给 輕轻 準准 備备 勁劲 義义 \u0901\u0902'

const alternatives = new Map<string, string[]>()
for (const [digit, letters] of Object.entries(leet)) alternatives.set(digit, [...letters])
for (const pair of lookAlikes.split(' ')) {
  const [latin = '', other = ''] = pair
  alternatives.set(latin, [...(alternatives.get(latin) ?? []), other])
  alternatives.set(other, [...(alternatives.get(other) ?? []), latin])
}
const canonical = new Map(variants.split(' ').map(pair => [pair.charAt(0), pair.charAt(1)] as const))
const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' }

/** Characters of which the reading is remembered. */
const knownAtMost = 20_000
const folds = new Map<string, string>()

/** Compatibility forms, case, diacritics, strokes, kana and Chinese variants folded; `''` for what cannot be seen. */
export function foldCharacter(character: string): string {
  let folded = folds.get(character)
  if (folded === undefined) {
    folded = foldAfresh(character)
    if (folds.size < knownAtMost) folds.set(character, folded)
  }
  return folded
}

function foldAfresh(character: string): string {
  if (character !== '\n' && character !== '\r' && character !== '\t' && invisible.test(character)) return ''
  const lower = character.normalize('NFKC').toLowerCase()
  let folded = ''
  for (const part of lower) {
    const code = part.charCodeAt(0)
    if (code >= 0x30a1 && code <= 0x30f6) folded += String.fromCharCode(code - 0x60)
    else if (code < 0x530 || (code >= 0x1e00 && code < 0x2000)) folded += part.normalize('NFD').replace(marks, '')
    else folded += part
  }
  return [...folded].map(part => letters[part] ?? canonical.get(part) ?? part).join('')
}

function readingOf(character: string): Reading {
  const found: number[] = []
  if (stops.has(character)) found.push(kind.stop)
  if (joins.has(character)) found.push(kind.join)
  if (visible.test(character)) found.push(kind.letter)
  else if (!stops.has(character) || character === '\n') found.push(kind.gap)
  if (found.includes(kind.gap) || found.includes(kind.join)) found.push(kind.separator)
  found.push(character.charCodeAt(0))
  for (const other of alternatives.get(character) ?? []) found.push(other.charCodeAt(0))
  return interned(found)
}

const byKinds = new Map<string, Reading>()

function interned(symbols: number[]): Reading {
  const key = symbols.join()
  let reading = byKinds.get(key)
  if (!reading) {
    reading = {
      id: byKinds.size,
      symbols,
      isLetter: symbols.includes(kind.letter),
      isJoin: symbols.includes(kind.join),
    }
    byKinds.set(key, reading)
  }
  return reading
}

const known = new Map<number, readonly Reading[]>()

/** The steps of a code point: one, none (invisible), or several (ß, ﬁ, ½). */
export function readings(codePoint: number): readonly Reading[] {
  let steps = known.get(codePoint)
  if (!steps) {
    steps = [...foldCharacter(String.fromCodePoint(codePoint))].map(readingOf)
    if (known.size < knownAtMost) known.set(codePoint, steps)
  }
  return steps
}

/** A whole text folded as the rules see it, for looking at what stands around a match. */
export function foldText(text: string): string {
  let folded = ''
  for (const character of text) folded += foldCharacter(character)
  return folded
}
