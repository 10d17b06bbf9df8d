const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\bi'm\b|\bim\b/g, 'i am'],
  [/\b(i|you|we|they)'ve\b/g, '$1 have'],
  [/\b(i|you|he|she|it|we|they)'d\b/g, '$1 would'],
  [/\b(i|you|he|she|it|we|they)'ll\b/g, '$1 will'],
  [/\b(you|we|they)'re\b/g, '$1 are'],
  [/\b(he|she|it|that|there|what|who)'s\b/g, '$1 is'],
  [/\bcan'?t\b|\bcannot\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\bain't\b/g, 'am not'],
  [/n't\b/g, ' not'],
  [/\b(do|did|does|is|was|are|could|would|should|have|has|had)nt\b/g, '$1 not'],
  [/\bwont\b/g, 'will not'],
  [/\bu\b/g, 'you'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/\bmom\b|\bmum\b|\bmommy\b|\bmummy\b/g, 'mother'],
  [/\bdad\b|\bdaddy\b/g, 'father'],
]

/** The sentences of a message in lower case, short forms written out, punctuation gone: what the rules are tried against. */
export function sentences(text: string): string[] {
  const plain = shortForms.reduce(
    (done, [form, full]) => done.replace(form, full),
    text.toLowerCase().replace(/[\u2018\u2019]/g, "'"),
  )
  return plain
    .split(/[.!?\n;]+|,(?=\s*(?:but|and then|so)\b)|\bbut\b/)
    .map(each =>
      each
        .replace(/[^\p{L}\p{N}' -]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(each => each !== '')
}
