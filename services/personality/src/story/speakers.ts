import type { Story } from '@luna/contracts'
import { fold } from '../lore/match.ts'

export interface Speaker {
  readonly id: string
  readonly names: readonly string[]
}

/**
 * Who speaks next after an answer, or null for the person. `list`: everybody in the cast once, in its order. `natural`: whoever
 * was spoken to by name, by the person or the last speaker, and has not spoken since the person did. `chosen`: nobody by
 * themselves.
 */
export function nextSpeaker(
  order: Story['order'],
  cast: readonly Speaker[],
  spoken: readonly string[],
  said: string,
): string | null {
  if (order === 'chosen' || cast.length < 2) return null
  const waiting = cast.filter(({ id }) => !spoken.includes(id))
  if (order === 'list') return waiting[0]?.id ?? null
  const text = ` ${fold(said).replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `
  const named = waiting
    .map(({ id, names }) => ({ id, at: Math.min(...names.map(name => place(text, name))) }))
    .filter(({ at }) => Number.isFinite(at))
    .toSorted((a, b) => a.at - b.at)
  return named[0]?.id ?? null
}

function place(text: string, name: string): number {
  const wanted = fold(name)
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
  const at = wanted === '' ? -1 : text.indexOf(` ${wanted} `)
  return at < 0 ? Number.POSITIVE_INFINITY : at
}
