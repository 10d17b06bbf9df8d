/** Letters that have no decomposition but are typed without their stroke, dot or tie. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
}

/**
 * Marks that people leave out when they search: Latin, Greek and Cyrillic diacritics, Hebrew points, Arabic vowels, hamza and
 * tatweel. Marks that make another letter stay: the breve of й, Indic and Thai vowels, kana voicing.
 */
const leftOut =
  /(?<!\u0438)\u0306|[\u0300-\u0305]|[\u0307-\u036f]|[\u0591-\u05bd]|[\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]|[\u0640]|[\u064b-\u0655]|\u0670/gu

/** NFKC, lower case, diacritics folded, invisible characters dropped: equal for texts that a reader takes for the same. */
export function fold(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase()
  return lower
    .normalize('NFD')
    .replace(leftOut, '')
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC')
    .replace(/[ßæœøđðþłħı]/gu, letter => plainLetters[letter] ?? letter)
}
