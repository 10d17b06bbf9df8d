import type { CallInput, CallOutput, moderation } from '@luna/contracts'
import { evaluateLocal } from '@luna/safety'
import type { ModerationContext } from '../context.ts'

type Definition = typeof moderation.calls.check

/** The verdict of the local rules on a text, under the policy that holds. No other layer is configured, so none is absent. */
export async function check(
  { text, direction }: CallInput<Definition>,
  ctx: Pick<ModerationContext, 'policies'>,
): Promise<CallOutput<Definition>> {
  return evaluateLocal(text, direction, await ctx.policies.current())
}
