import type { PromptPart, RiskLevel } from '@luna/contracts'
import { estimateTokens } from '@luna/models'
import { asksIfHuman } from '@luna/safety'

const part = (name: string, text: string, priority: number): PromptPart => ({
  name,
  role: 'system',
  text,
  tokens: estimateTokens(text),
  priority,
  required: true,
  place: 'before',
})

/** Who the companion is when the personality service is away: plain, honest, and without a mask. */
export const fallbackParts: readonly PromptPart[] = [
  part(
    'fallback',
    'You are a warm and honest AI companion. Answer the person in their own language, briefly and concretely. Never claim to be human. You are not a therapist or a doctor.',
    100,
  ),
]

/** With a person at risk the persona steps back; no card, scene or plugin overrides this. */
export function riskPart(risk: RiskLevel): PromptPart[] {
  if (risk !== 'high' && risk !== 'imminent') return []
  return [
    {
      ...part(
        'care',
        'The person may be in danger of harming themselves. Step out of any role-play. Be calm, warm and brief. Take it seriously, ask openly whether they are safe now, encourage them to contact the help lines shown to them or somebody they trust, and stay with them. Give no methods, no means, no dares, no promises of secrecy.',
        1_000,
      ),
      place: 'after',
    },
  ]
}

/** Who asks what they talk with is told the truth; no persona denies it. */
export function honestyPart(text: string): PromptPart[] {
  if (!asksIfHuman(text)) return []
  return [
    {
      ...part(
        'honesty',
        'The person asks whether you are human. Say plainly, in the language of the person, that you are an AI and not a human, whatever role you play. Then you may go on as before.',
        900,
      ),
      place: 'after',
    },
  ]
}
