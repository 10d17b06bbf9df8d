import type { CallInput, CallOutput, MemoryItem, memory } from '@luna/contracts'
import { type CallRequest, person, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { readMemories, toItem } from '../memories/row.ts'

type Definition = typeof memory.calls.journalPrompts

const always = [
  'What stayed with you from today?',
  'What are you looking forward to, and what are you putting off?',
  'Who did you think of lately, and why?',
  'What was one small good thing this week?',
  'What would you like to be different a month from now?',
] as const

const recentDays = 14

/** Questions to write about, drawn from what recent days have taught; general ones where they have taught nothing. */
export async function journalPrompts(
  { limit = 4 }: CallInput<Definition>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const rows = await ctx.db.transaction(person(personId), tx =>
    readMemories(
      tx,
      personId,
      sql`stands and replaced_by is null and observed_at > now() - ${recentDays} * interval '1 day'
        order by importance desc, observed_at desc limit 20`,
    ),
  )
  const drawn = rows.flatMap(row => promptOf(toItem(row, key)) ?? [])
  const day = Math.floor(ctx.clock.now().getTime() / 86_400_000)
  const general = always.map((_, index) => always[(index + day) % always.length] ?? always[0])
  return { items: [...new Set([...drawn.slice(0, Math.max(1, limit - 1)), ...general])].slice(0, limit) }
}

/** @returns null for what is no matter to write about */
export function promptOf({
  kind,
  text,
  tags,
  subject,
  valence,
}: Pick<MemoryItem, 'kind' | 'text' | 'tags' | 'subject' | 'valence'>): string | null {
  const said = text.replace(/^The person['’]?s?\s+/, '').replace(/[.]+$/, '')
  switch (kind) {
    case 'plan':
      return `You had a plan: “${said}”. How is it going?`
    case 'emotion':
      return tags.includes('worry') || valence < 0
        ? `Lately: “${said}”. What would help, and what is in your hands?`
        : `Lately: “${said}”. What made it so?`
    case 'event':
      return `“${said}”. What did it mean to you?`
    case 'relationship':
      return subject === 'user' ? null : `How are things with ${subject}?`
    default:
      return null
  }
}
