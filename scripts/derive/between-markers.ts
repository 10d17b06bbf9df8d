const begin = (name: string) => `<!-- ${name}:begin -->`
const end = (name: string) => `<!-- ${name}:end -->`

/**
 * Puts `content` between `<!-- name:begin -->` and `<!-- name:end -->` of a text.
 * @throws Error when the text does not have both, in this order
 */
export function betweenMarkers(text: string, name: string, content: string): string {
  const from = text.indexOf(begin(name))
  const to = text.indexOf(end(name))
  if (from < 0 || to < from)
    throw new Error(`The lines ${begin(name)} and ${end(name)} are needed, in this order, where the table belongs.`)
  return `${text.slice(0, from)}${begin(name)}\n${content.trim()}\n${text.slice(to)}`
}
