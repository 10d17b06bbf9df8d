export interface Sentence {
  readonly text: string
  readonly from: number
  readonly to: number
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The sentences of a text with their places in UTF-16 units; a line ends one. */
export function sentences(text: string): Sentence[] {
  const found: Sentence[] = []
  for (const { segment, index } of segmenter.segment(text)) {
    let at = index
    for (const line of segment.split('\n')) {
      const trimmed = line.trim()
      const from = at + line.indexOf(trimmed)
      if (trimmed !== '') found.push({ text: trimmed, from, to: from + trimmed.length })
      at += line.length + 1
    }
  }
  return found
}
