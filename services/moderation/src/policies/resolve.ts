import {
  type AgeGroup,
  type ContentClass,
  contentClass,
  type Direction,
  direction,
  type Policy,
  type PolicyAction,
  type PolicyAudience,
} from '@luna/contracts'
import { strictest } from '@luna/safety'

/** A version of a policy with the audience that it holds for. */
export interface PolicyVersion {
  version: number
  audience: PolicyAudience
  mode: Policy['mode']
  actions: Policy['actions']
}

/** For whom the question is asked; null: not known, or none. */
export interface Asked {
  workspaceId: string | null
  rating: PolicyAudience['rating']
  age: AgeGroup
}

export interface Because {
  class: ContentClass
  direction: Direction
  action: PolicyAction
  version: number
  why: string
}

const directions = direction.options
const classes = contentClass.options

/** What no policy can lower: nothing sexual about or for minors, and no text may be allowed to be an injection unseen. */
function floorOf(content: ContentClass, to: Direction, age: AgeGroup): PolicyAction | null {
  if (content === 'sexual/minors') return 'block'
  if (content === 'sexual' && age === 'minor') return to === 'memory' ? 'flag' : 'block'
  if (content === 'prompt-injection' && (to === 'tool' || to === 'card')) return 'flag'
  return null
}

const matches = ({ audience }: PolicyVersion, asked: Asked): boolean =>
  (audience.workspaceId === null || audience.workspaceId === asked.workspaceId) &&
  (audience.rating === null || audience.rating === asked.rating) &&
  (audience.age === null || audience.age === asked.age)

const speciality = ({ audience }: PolicyVersion): number =>
  [audience.workspaceId, audience.rating, audience.age].filter(part => part !== null).length

const keyOf = ({ workspaceId, rating, age }: PolicyAudience): string => `${workspaceId} ${rating} ${age}`

/** Of each audience the version that holds: the newest. */
export function holding(versions: readonly PolicyVersion[]): PolicyVersion[] {
  const newest = new Map<string, PolicyVersion>()
  for (const version of versions) {
    const known = newest.get(keyOf(version.audience))
    if (!known || known.version < version.version) newest.set(keyOf(version.audience), version)
  }
  return [...newest.values()]
}

/**
 * The policy for somebody: for each class and direction the most special policies that name it decide; where two as special
 * contradict, the stricter one. Then the floors, which no policy lowers. The mode is the strictest of all that match, and
 * strict for minors. The crisis protocol is not a policy: nothing here turns it off.
 */
export function resolvePolicy(
  versions: readonly PolicyVersion[],
  asked: Asked,
): { policy: Policy; because: Because[] } {
  const matching = holding(versions).filter(version => matches(version, asked))
  const because: Because[] = []
  const actions: Policy['actions'] = {}
  for (const content of classes)
    for (const to of directions) {
      const decided = decide(matching, content, to, floorOf(content, to, asked.age))
      if (decided.action === 'allow' && decided.version === 0) continue
      actions[content] = { ...actions[content], [to]: decided.action }
      if (decided.action !== 'allow') because.push({ class: content, direction: to, ...decided })
    }
  const strict = asked.age === 'minor' || matching.some(({ mode }) => mode === 'strict')
  return {
    policy: {
      version: Math.max(0, ...matching.map(({ version }) => version)),
      mode: strict ? 'strict' : 'guarded',
      actions,
    },
    because,
  }
}

function decide(
  matching: readonly PolicyVersion[],
  content: ContentClass,
  to: Direction,
  floor: PolicyAction | null,
): Pick<Because, 'action' | 'version' | 'why'> {
  const naming = matching.filter(({ actions }) => actions[content]?.[to] !== undefined)
  const most = Math.max(-1, ...naming.map(speciality))
  const deciding = naming.filter(version => speciality(version) === most)
  const action = strictest(deciding.map(({ actions }) => actions[content]?.[to] ?? 'allow'))
  const by = deciding.find(({ actions }) => actions[content]?.[to] === action)
  const why =
    deciding.length > 1
      ? 'the stricter of policies that are as special'
      : most > 0
        ? 'the most special policy'
        : 'the general policy'
  if (floor !== null && strictest([action, floor]) !== action)
    return { action: floor, version: by?.version ?? 0, why: 'a floor that no policy lowers' }
  return { action, version: by?.version ?? 0, why }
}
