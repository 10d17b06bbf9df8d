import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

export const beginCompletion: Handlers['beginCompletion'] = async (input, ctx, { scope }) => ({
  turnId: ctx.completions.begin(personOf(scope), input),
})
