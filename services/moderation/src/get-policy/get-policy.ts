import type { CallInput, CallOutput, moderation } from '@luna/contracts'
import type { ModerationContext } from '../context.ts'

type Definition = typeof moderation.calls.getPolicy

/** One policy holds for everybody and every character. */
export const getPolicy = (
  _input: CallInput<Definition>,
  ctx: Pick<ModerationContext, 'policies'>,
): Promise<CallOutput<Definition>> => ctx.policies.current()
