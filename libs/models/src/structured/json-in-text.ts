/** The JSON value in a model's answer: the whole text, else what stands in a code fence, else the first balanced object or list. */
export function jsonInText(text: string): { found: true; value: unknown } | { found: false } {
  const fence = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/i.exec(text)?.[1]
  for (const candidate of [text.trim(), fence, balanced(text)]) {
    if (!candidate) continue
    try {
      return { found: true, value: JSON.parse(candidate) }
    } catch {
      // The next candidate may be it.
    }
  }
  return { found: false }
}

function balanced(text: string): string | undefined {
  const start = text.search(/[[{]/)
  if (start < 0) return undefined
  let depth = 0
  let inString = false
  for (let i = start; i < text.length; i++) {
    const char = text[i]
    if (inString) {
      if (char === '\\') i++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      depth--
      if (depth === 0) return text.slice(start, i + 1)
    }
  }
  return undefined
}
