import type { Receipt } from '@luna/contracts'
import type { Prompt } from '../prompt/assemble.ts'
import type { Gathered } from './gather.ts'
import type { Generated } from './generate.ts'
import type { TurnRun } from './run-state.ts'
import type { LocalVerdict } from './verdict.ts'

export interface ReceiptFacts {
  prompt: Prompt | null
  gathered: Gathered | null
  local: LocalVerdict | null
  generated: Generated | null
  run: Pick<TurnRun, 'route' | 'turn' | 'tools'>
}

/** What was recalled and why, what was cut, what was missing, who answered. */
export function buildReceipt({ prompt, gathered, local, generated, run }: ReceiptFacts): Receipt {
  const classes = new Set([
    ...(local?.classes ?? []),
    ...(gathered?.verdict?.classes.map(found => found.class) ?? []),
    ...(generated?.guard.classes ?? []),
  ])
  const { risk } = run.turn
  return {
    recalled: [...(prompt?.recalled ?? [])],
    lore: gathered?.composed?.lore ?? [],
    cut: [...(gathered?.cut ?? []), ...(prompt?.cut ?? [])],
    degraded: [...new Set([...(gathered?.degraded ?? []), ...(generated?.unchecked ? (['moderation'] as const) : [])])],
    route: run.route ? { ...run.route, failedOver: [...(generated?.failedOver ?? [])] } : null,
    ...(classes.size > 0 || risk !== 'none'
      ? {
          safety: {
            risk,
            classes: [...classes],
            ruleVersion: local?.ruleVersion ?? '',
            withdrawn: generated?.guard.withdrawn ?? false,
          },
        }
      : {}),
    ...(run.tools.length > 0 ? { tools: [...run.tools] } : {}),
    ...(prompt?.summarised ? { summarised: prompt.summarised } : {}),
    promptTokens: prompt?.promptTokens ?? 0,
  }
}
