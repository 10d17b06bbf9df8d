/** Well within what providers take in one request: OpenAI 2,048 texts and 300,000 tokens, most others 100 and less text. */
const most = { texts: 96, characters: 96_000 }

/** Cuts the texts into requests, in order. A text over the limit by itself goes alone; an empty one, which providers refuse, as a space. */
export function batches(texts: readonly string[]): string[][] {
  const cut: string[][] = []
  let batch: string[] = []
  let characters = 0
  for (const text of texts) {
    if (batch.length === most.texts || (batch.length > 0 && characters + text.length > most.characters)) {
      cut.push(batch)
      batch = []
      characters = 0
    }
    batch.push(text === '' ? ' ' : text)
    characters += text.length
  }
  if (batch.length > 0) cut.push(batch)
  return cut
}
