import type { Direction, Policy, PolicyAction, Verdict } from '@luna/contracts'
import { type Finding, Findings, weigh } from '../abuse/findings.ts'
import type { AbuseRule } from '../abuse/rule.ts'
import { abuseRuleSet } from '../abuse/rule-set.ts'
import { personalData } from '../abuse/scan.ts'
import { Matcher } from '../lexical/matcher.ts'
import { actionFor, defaultPolicy, verdictOf } from '../verdict/policy.ts'
import { ShownText } from './shown-text.ts'

export interface StreamGuardOptions {
  policy?: Policy
  direction?: Direction
  /** UTF-16 units that may be held back at most; a longer match is shown and then withdrawn. */
  holdBack?: number
  /** Stands in for a masked span. */
  marker?: string
  /** What follows where an answer is replaced or blocked. */
  substitute?: (finding: Finding) => string
}

/** First cut the shown text to `withdraw` units (null: keep it all), then append `release`. */
export interface GuardStep {
  release: string
  withdraw: number | null
  /** Why the answer ends here: `replace` keeps what stood before the match, `block` keeps nothing. Later deltas give nothing. */
  stopped: { action: 'replace' | 'block'; finding: Finding } | null
}

export interface StreamGuard {
  push(delta: string): GuardStep
  /** The text is over: the rest of it, and the verdict on what was read. */
  finish(): GuardStep & { verdict: Verdict }
}

const acting: ReadonlySet<PolicyAction> = new Set(['mask', 'replace', 'block'])
const defaultHoldBack = 240
const heldRules = new WeakMap<Policy, Map<Direction, Uint8Array>>()

/**
 * Reads a text as it is written and lets through what no rule can object to any more. Held back is only the tail with which a
 * match of an acting rule may have begun; the tail of harmless text is mostly empty. For every way of cutting a text
 * into deltas, surrogate pairs included, the text that stands at the end and the verdict are the same.
 * Personal data has no held-back tail: it is looked for at the end, and what a policy masks is then withdrawn.
 */
export function createStreamGuard(options: StreamGuardOptions = {}): StreamGuard {
  const { policy = defaultPolicy, direction = 'character', holdBack = defaultHoldBack, marker = '[…]' } = options
  const set = abuseRuleSet
  const held = heldFor(policy, direction)
  const shown = new ShownText(marker)
  const findings = new Findings()
  const others: Finding[] = []
  let stopped: GuardStep['stopped'] = null
  let withdraw: number | null = null
  let stopAt = 0

  const back = (to: number | null) => {
    if (to !== null) withdraw = Math.min(to, withdraw ?? to)
  }
  const act = (finding: Finding, [start, end]: [number, number]) => {
    const action = actionFor(policy, direction, finding)
    if (action === 'mask') back(shown.edit(start, end))
    if (action !== 'replace' && action !== 'block') return
    stopped = { action, finding }
    stopAt = action === 'block' ? 0 : start
  }
  const matcher = new Matcher(set.tables, (index, start, end) => {
    if (stopped) return
    const rule = set.rules[index] as AbuseRule
    const score = weigh(rule, direction, shown.source.slice(0, start))
    if (score === 0) return
    findings.add(rule, score, start, end)
    act({ class: rule.class, score, span: [start, end], rule: rule.id }, [start, end])
  })

  function step(upTo: number): GuardStep {
    let release = ''
    if (stopped) {
      back(shown.takeBack(stopAt))
      release = shown.release(stopAt) + (options.substitute?.(stopped.finding) ?? '')
    } else release = shown.release(upTo)
    const result = { release, withdraw, stopped }
    withdraw = null
    return result
  }

  return {
    push(delta) {
      if (stopped || delta === '') return { release: '', withdraw: null, stopped }
      shown.append(delta)
      matcher.push(delta)
      return step(Math.max(matcher.settled(held), shown.source.length - holdBack))
    },
    finish() {
      if (stopped) return { release: '', withdraw: null, stopped, verdict: verdict() }
      matcher.finish()
      for (const finding of stopped ? [] : personalData(shown.source)) {
        if (stopped || !finding.span) break
        others.push(finding)
        act(finding, finding.span)
      }
      return { ...step(shown.source.length), verdict: verdict() }
    },
  }

  function verdict(): Verdict {
    return verdictOf(policy, direction, [...findings.list(), ...others], 'none')
  }
}

/** 1 for each rule on whose match text would be withheld. */
function heldFor(policy: Policy, direction: Direction): Uint8Array {
  const byDirection = heldRules.get(policy) ?? new Map<Direction, Uint8Array>()
  heldRules.set(policy, byDirection)
  let held = byDirection.get(direction)
  if (!held) {
    held = Uint8Array.from(abuseRuleSet.rules, rule =>
      acting.has(actionFor(policy, direction, { class: rule.class, score: weigh(rule, direction, '') })) ? 1 : 0,
    )
    byDirection.set(direction, held)
  }
  return held
}
