import { chat } from '@luna/contracts'
import { person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { sealField } from '../db/message-body.ts'
import type { ClaimedTurn } from '../turns/claimed-turn.ts'
import type { TurnResult } from '../turns/run-turn.ts'

const longest = 80

/** After the first answer a model gives the conversation a better title than its first words. */
export function titleLater(ctx: ChatContext, turn: ClaimedTurn, { path }: TurnResult): void {
  const first = path.messages.length === 1 ? path.messages[0] : undefined
  if (!first || !ctx.models.hasModel) return
  giveTitle(ctx, turn, first.text).catch((error: unknown) =>
    ctx.log.warn({ err: error }, 'no title could be made; the first words stay'),
  )
}

async function giveTitle(ctx: ChatContext, turn: ClaimedTurn, text: string): Promise<void> {
  const answer = await ctx.models.complete({
    use: 'small',
    maxTokens: 24,
    messages: [
      {
        role: 'system',
        content:
          'Give the message between the marks a title of two to six words in its own language. Answer with the title alone: no quotes, no full stop.',
      },
      { role: 'user', content: `<message>\n${text.slice(0, 2_000)}\n</message>` },
    ],
  })
  const title = cleanTitle(answer.text)
  if (title === '') return
  const key = await ctx.keys.of(turn.personId)
  await ctx.db.transaction(person(turn.personId), async tx => {
    const changed = await tx.sql
      .updateTable('conversations')
      .set(eb => ({
        title: sealField(key, `title.${turn.conversationId}`, title),
        title_by: 'model',
        version: eb('version', '+', 1),
      }))
      .where('id', '=', turn.conversationId)
      .where('title_by', 'in', ['none', 'words'])
      .returning('version')
      .executeTakeFirst()
    if (!changed) return
    tx.afterCommit(() =>
      ctx.emit(chat.feeds.personFrames, turn.personId, {
        type: 'changed',
        what: 'conversation',
        id: turn.conversationId,
        version: changed.version,
      }),
    )
  })
}

/** One line, no wrapping quotes, not too long. */
export function cleanTitle(text: string): string {
  const line = (text.trim().split('\n')[0] ?? '').replaceAll(/^["'“”„«»*#\s]+|["'“”„«»*.\s]+$/g, '')
  return [...line].slice(0, longest).join('')
}
