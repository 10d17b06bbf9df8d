/**
 * Where a conversation stands, as far as memory was told. Facts may come in any order and more than once: the end is the
 * same. The message tree is append-only, so the active branch follows from the active leaf alone.
 */
export interface Standing {
  /** The conversation is deleted; nothing else holds any more. */
  readonly gone: boolean
  /** The conversation's version, revision and active leaf at the latest look; -1, -1 and null before the first. */
  readonly version: number
  readonly revision: number
  readonly leafId: string | null
  /** The highest revision that anything has told of. */
  readonly heard: number
  /** Known messages, each with its parent. */
  readonly parents: ReadonlyMap<string, string | null>
  /** Deleted messages and all that followed them. */
  readonly forgotten: ReadonlySet<string>
}

export interface TreeMessage {
  readonly id: string
  readonly parentId: string | null
}

export type Fact =
  /** chat was asked. With each message come all those above it that were not known yet. */
  | {
      readonly kind: 'looked'
      readonly version: number
      readonly revision: number
      readonly leafId: string | null
      readonly messages: readonly TreeMessage[]
    }
  /** Something has changed, and chat has not been asked since. */
  | { readonly kind: 'heard'; readonly revision: number }
  | { readonly kind: 'deleted'; readonly messageIds: readonly string[] }
  | { readonly kind: 'gone' }

export const unknown: Standing = {
  gone: false,
  version: -1,
  revision: -1,
  leafId: null,
  heard: -1,
  parents: new Map(),
  forgotten: new Set(),
}

export function follow(standing: Standing, fact: Fact): Standing {
  if (standing.gone) return standing
  switch (fact.kind) {
    case 'gone':
      return { ...unknown, gone: true }
    case 'heard':
      return { ...standing, heard: Math.max(standing.heard, fact.revision) }
    case 'deleted':
      return withoutForgotten({ ...standing, forgotten: new Set([...standing.forgotten, ...fact.messageIds]) })
    case 'looked': {
      const parents = new Map(standing.parents)
      for (const { id, parentId } of fact.messages) parents.set(id, parentId)
      const { version, revision, leafId } = fact.version > standing.version ? fact : standing
      const heard = Math.max(standing.heard, fact.revision)
      return withoutForgotten({ ...standing, version, revision, leafId, heard, parents })
    }
  }
}

/** What follows a forgotten message is forgotten with it. */
function withoutForgotten(standing: Standing): Standing {
  if (standing.forgotten.size === 0) return standing
  const children = new Map<string, string[]>()
  for (const [id, parentId] of standing.parents) {
    if (parentId === null) continue
    const siblings = children.get(parentId)
    if (siblings) siblings.push(id)
    else children.set(parentId, [id])
  }
  const parents = new Map(standing.parents)
  const forgotten = new Set(standing.forgotten)
  const open = [...forgotten]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    parents.delete(id)
    forgotten.add(id)
    open.push(...(children.get(id) ?? []).filter(child => !forgotten.has(child)))
  }
  return { ...standing, parents, forgotten }
}

/** The messages of the active branch, as far up as they are known. */
export function activeBranch({ leafId, parents }: Standing): Set<string> {
  const branch = new Set<string>()
  let id = leafId
  while (id !== null && parents.has(id) && !branch.has(id)) {
    branch.add(id)
    id = parents.get(id) ?? null
  }
  return branch
}

/** Whether everything that the messages of a look stand on is known: else no branch can be followed through them. */
export const isWhole = ({ leafId, parents, forgotten }: Standing, facts: readonly Fact[]): boolean =>
  facts.every(
    fact =>
      fact.kind !== 'looked' ||
      [leafId, ...fact.messages.map(message => message.parentId)].every(
        id => id === null || parents.has(id) || forgotten.has(id),
      ),
  )

/** Whether what is known of a conversation can be trusted at a revision. */
export const isCurrent = ({ revision, heard }: Pick<Standing, 'revision' | 'heard'>, asked = -1): boolean =>
  revision >= heard && revision >= asked

/** A look that only lengthens the branch, or adds beside it: nothing but the leaf's neighbourhood needs to be loaded. */
export function staysOnBranch(standing: Pick<Standing, 'version' | 'leafId'>, fact: Fact): boolean {
  if (fact.kind === 'heard' || fact.kind === 'gone') return true
  if (fact.kind === 'deleted') return fact.messageIds.length === 0
  if (fact.version <= standing.version || fact.leafId === standing.leafId) return true
  if (standing.leafId === null) return standing.version < 0
  const parents = new Map(fact.messages.map(({ id, parentId }) => [id, parentId]))
  let id = fact.leafId
  while (id !== null && id !== standing.leafId) id = parents.get(id) ?? null
  return id !== null
}

/** The messages that must be known to follow facts which stay on the branch: the leaf, and what they speak of. */
export function neighbourhood({ leafId }: Pick<Standing, 'leafId'>, facts: readonly Fact[]): Set<string> {
  const ids = new Set<string>()
  if (leafId !== null) ids.add(leafId)
  for (const fact of facts)
    if (fact.kind === 'looked')
      for (const { id, parentId } of fact.messages) {
        ids.add(id)
        if (parentId !== null) ids.add(parentId)
      }
  return ids
}
