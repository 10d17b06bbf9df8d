import type { Direction, RiskLevel } from '@luna/contracts'
import { assessConversation, type Finding, ruleVersion, scan } from '@luna/safety'
import type { ModelLayer } from './model-layer.ts'

export interface Layered {
  classes: Finding[]
  risk: RiskLevel
  /** Despair or a crisis in earlier lines that added to this one. */
  byCourse: boolean
  ruleVersion: string
  absent: string[]
}

export interface Asked {
  text: string
  direction: Direction
  /** Earlier lines of the person, oldest first. */
  recent: readonly string[]
}

const modelPatienceMs = 700

/**
 * All layers on one text: rules and the linear model here, and a language model where one is configured. A layer that is late,
 * down, or answers rubbish is named in `absent`; what the others found stands. No layer lowers what another found.
 */
export async function judge(
  { text, direction, recent }: Asked,
  model: ModelLayer | null,
  onFault: (layer: string, error: unknown) => void,
  patienceMs = modelPatienceMs,
): Promise<Layered> {
  const absent: string[] = []
  const asking = model ? model.judge(text, AbortSignal.timeout(patienceMs)) : null
  asking?.catch(() => {})
  const { classes } = scan(text, direction)
  const course = direction === 'person' ? assessConversation([...recent, text]) : null
  const linear = await import('@luna/safety/linear')
  const found = [...classes, ...linear.linearFindings(linear.assessLinear(text, classes))]
  if (model && asking) {
    try {
      found.push(...(await asking))
    } catch (error) {
      absent.push(model.name)
      onFault(model.name, error)
    }
  }
  const versions = [ruleVersion, linear.linearVersion, ...(model && absent.length === 0 ? [model.name] : [])]
  return {
    classes: found,
    risk: course?.risk ?? 'none',
    byCourse: course?.course != null && course.risk !== course.line,
    ruleVersion: versions.join('+'),
    absent,
  }
}
