import type { Conversation } from '@luna/contracts'

export type GroupName = 'today' | 'yesterday' | 'week' | 'older'

/** Conversations by how long ago they were used, in calendar days of this machine; empty groups are left out. */
export function groupByAge(conversations: readonly Conversation[], nowMs: number): [GroupName, Conversation[]][] {
  const now = new Date(nowMs)
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  const day = 86_400_000
  const groups = new Map<GroupName, Conversation[]>()
  for (const conversation of conversations) {
    const at = Date.parse(conversation.updatedAt)
    const name =
      at >= midnight ? 'today' : at >= midnight - day ? 'yesterday' : at >= midnight - 6 * day ? 'week' : 'older'
    groups.set(name, [...(groups.get(name) ?? []), conversation])
  }
  return (['today', 'yesterday', 'week', 'older'] as const).flatMap(name => {
    const members = groups.get(name)
    return members ? [[name, members] as [GroupName, Conversation[]]] : []
  })
}

/** Whether a conversation answers to what was typed: every word is in its title or a tag. */
export function matches(conversation: Conversation, typed: string): boolean {
  const text = [conversation.title, ...conversation.tags].join(' ').toLocaleLowerCase()
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

/** Tags from a comma-separated line: trimmed, each once, without empty ones. */
export const tagsOf = (line: string): string[] => [
  ...new Set(
    line
      .split(',')
      .map(tag => tag.trim())
      .filter(tag => tag !== ''),
  ),
]
