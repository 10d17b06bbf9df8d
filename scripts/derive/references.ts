import { filesBelow, isProduction, read, root } from '../repository.ts'
import { type Message, messages, type Owner, owners } from './messages.ts'

const reference = new RegExp(`\\b(${owners.join('|')})\\s*\\.(events|calls|feeds)\\s*\\.(\\w+)`, 'g')

/** A type taken from a call is no call: `CallInput<typeof chat.calls.snapshot>`. */
const typeOnly = /\btypeof\s*$/

/** Finds `chat.calls.turnTexts` and the like in the text of a file; a mention in a type is not one. */
export function referencesIn(source: string): Message[] {
  const found = new Set<Message>()
  for (const match of source.matchAll(reference)) {
    if (typeOnly.test(source.slice(0, match.index))) continue
    const [, owner, part, key] = match
    const kind = part?.slice(0, -1)
    const message = messages.find(each => each.owner === owner && each.key === key && each.definition.kind === kind)
    if (message) found.add(message)
  }
  return [...found]
}

/** What each service, and the chassis on behalf of all, names in its production code. */
export function scanReferences(base: string = root): ReadonlyMap<Owner | 'chassis', ReadonlySet<Message>> {
  const scan = (folder: string) =>
    new Set(
      filesBelow(folder, /\.ts$/, base)
        .filter(isProduction)
        .flatMap(path => referencesIn(read(path, base))),
    )
  return new Map([
    ...owners.map(owner => [owner, scan(`services/${owner}/src`)] as const),
    ['chassis', scan('libs/service/src')] as const,
  ])
}
