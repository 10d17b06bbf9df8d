import type { Lock } from './lock.ts'
import { schemaBreaks } from './schema-breaks.ts'

const version = /\.v(\d+)$/

/** Whether a later version of a message stands in the lock: only then may the earlier one be taken away. */
const hasSuccessor = (name: string, now: Lock): boolean => {
  const mine = Number(version.exec(name)?.[1])
  const stem = name.replace(version, '')
  return Object.keys(now).some(other => other.replace(version, '') === stem && Number(version.exec(other)?.[1]) > mine)
}

/** What to write instead of changing a message. */
const advice = (name: string): string => {
  const next = version.test(name) ? name.replace(version, (_, n: string) => `.v${Number(n) + 1}`) : null
  return next
    ? `put ${next} beside it, publish or serve both until no service names the old one, then delete that`
    : 'make it a new frame type beside it, or raise the protocol version'
}

/** What breaks between the committed lock and the contracts as they are, with what to do. */
export function lockBreaks(before: Lock, now: Lock): string[] {
  return Object.entries(before).flatMap(([name, old]) => {
    const fresh = now[name]
    if (!fresh) return hasSuccessor(name, now) ? [] : [`${name} was removed or renamed: ${advice(name)}.`]
    const breaks = (['input', 'output'] as const).flatMap(direction =>
      old[direction] && fresh[direction]
        ? schemaBreaks(old[direction], fresh[direction], direction).map(line => `${direction} ${line}`)
        : [],
    )
    return breaks.map(line => `${name}: ${line}: ${advice(name)}.`)
  })
}
