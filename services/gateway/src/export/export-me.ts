import { Readable } from 'node:stream'
import { chat, memory, moderation, personality, plugins } from '@luna/contracts'
import { person } from '@luna/service'
import { readAccount } from '../accounts/account.ts'
import { listApiKeys } from '../api-keys/api-keys.ts'
import type { GatewayContext } from '../context.ts'
import { readUsage } from '../usage/read-usage.ts'
import { openPages } from './pages.ts'
import { zipJsonLines } from './zip.ts'

/**
 * Everything Luna holds of a person, as a zip of JSON Lines: `account.jsonl`, `keys.jsonl`, `usage.jsonl`, `chat.jsonl`,
 * `memory.jsonl`, `moderation.jsonl`, `personality.jsonl`, `plugins.jsonl`.
 * @throws LunaError `unavailable` when a service that holds a part is away: no export looks whole that is not
 */
export async function exportMe(ctx: GatewayContext, personId: string, requestId: string): Promise<Readable> {
  const settings = { scope: person(personId), requestId }
  const [account, keys, usage, chatRows, memoryRows, moderationRows, personalityRows, pluginRows] = await Promise.all([
    readAccount(ctx, personId),
    listApiKeys(ctx, personId),
    ctx.db.transaction(settings.scope, ({ sql }) => readUsage(sql)),
    openPages(cursor => ctx.call(chat.calls.exportPage, cursor === undefined ? {} : { cursor }, settings)),
    openPages(cursor => ctx.call(memory.calls.exportPage, cursor === undefined ? {} : { cursor }, settings)),
    openPages(cursor => ctx.call(moderation.calls.exportPage, cursor === undefined ? {} : { cursor }, settings)),
    openPages(cursor => ctx.call(personality.calls.exportPage, cursor === undefined ? {} : { cursor }, settings)),
    openPages(cursor => ctx.call(plugins.calls.exportPage, cursor === undefined ? {} : { cursor }, settings)),
  ])
  return Readable.from(
    zipJsonLines([
      { name: 'account.jsonl', rows: [account] },
      { name: 'keys.jsonl', rows: keys },
      { name: 'usage.jsonl', rows: usage },
      { name: 'chat.jsonl', rows: chatRows },
      { name: 'memory.jsonl', rows: memoryRows },
      { name: 'moderation.jsonl', rows: moderationRows },
      { name: 'personality.jsonl', rows: personalityRows },
      { name: 'plugins.jsonl', rows: pluginRows },
    ]),
  )
}
