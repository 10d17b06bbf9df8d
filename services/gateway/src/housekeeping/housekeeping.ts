import type { BackgroundWork } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { sendErasuresAgain } from '../erasure/send-again.ts'
import { forgetOld } from './forget-old.ts'
import { repeat } from './repeat.ts'

const hourMs = 3_600_000

export const erasureSchedule: BackgroundWork<GatewayContext> = {
  name: 'erasures are sent again until every service has answered',
  start: async ctx =>
    repeat({ everyMs: 2_000, name: 'sending erasures again', log: ctx.log }, () => sendErasuresAgain(ctx)),
}

export const forgetting: BackgroundWork<GatewayContext> = {
  name: 'what has ended long ago is forgotten',
  start: async ctx => repeat({ everyMs: hourMs, name: 'forgetting old sessions', log: ctx.log }, () => forgetOld(ctx)),
}
