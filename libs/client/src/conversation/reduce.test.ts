import type { ServerFrame, Turn } from '@luna/contracts'
import { describe, expect, it } from 'vitest'
import {
  aMessage,
  aReceipt,
  cancelled,
  completed,
  conversationId,
  delta,
  failed,
  messageId,
  replaced,
  snapshot,
  started,
  turnId,
} from '../testing/frames.suite.ts'
import { reduceConversation } from './reduce.ts'
import { untold } from './settle-turn.ts'
import { type ConversationState, emptyConversation, type LocalFrame } from './state.ts'
import { visibleItems } from './visible.ts'
import { memoVisible } from './visible-memo.ts'

const fold = (...frames: (ServerFrame | LocalFrame)[]): ConversationState =>
  frames.reduce(reduceConversation, emptyConversation(conversationId))

const first = snapshot([aMessage(1)])
const text = (state: ConversationState) => state.running[turnId]?.text
const shown = (state: ConversationState) =>
  visibleItems(state).map(item => (item.kind === 'message' ? item.message.text : item.kind))

describe('a running turn', () => {
  it('joins its deltas and ends as the message', () => {
    const running = fold(first, started(), delta(0, 'Hel'), delta(1, 'lo'))
    expect(text(running)).toBe('Hello')
    expect(shown(running)).toEqual(['message 1', 'turn'])
    expect(shown(reduceConversation(running, completed('Hello')))).toEqual(['message 1', 'Hello'])
  })

  it('takes a frame once, however often it comes', () => {
    const state = fold(first, started(), delta(0, 'a'), delta(1, 'b'))
    expect(reduceConversation(state, delta(0, 'a'))).toBe(state)
    expect(reduceConversation(state, started())).toBe(state)
  })

  it('starts over with a higher attempt and ignores the lost one', () => {
    const state = fold(first, started(), delta(0, 'lost'), started(2), delta(1, 'lost too'), delta(0, 'new', 2))
    expect(text(state)).toBe('new')
    expect(state.running[turnId]?.attempt).toBe(2)
  })

  it('withdraws from a seq on and takes the substitute', () => {
    const state = fold(
      first,
      started(),
      delta(0, 'ok '),
      delta(1, 'bad '),
      delta(2, 'bad'),
      replaced(3, 1),
      delta(4, 'good'),
    )
    expect(text(state)).toBe('ok good')
    expect(state.running[turnId]?.withdrawn).toBe('safety')
  })

  it('shows nothing of a snapshot text that was withdrawn in part, and asks for a new one', () => {
    const so = { turnId, attempt: 1, seq: 5, text: 'ok bad', parentId: messageId(1) }
    const state = fold(snapshot([aMessage(1)], so), replaced(6, 3))
    expect(text(state)).toBe('')
    expect(state.running[turnId]?.stale).toBe(true)
    const within = fold(snapshot([aMessage(1)], so), delta(6, ' worse'), replaced(7, 6), delta(8, ' fine'))
    expect(text(within)).toBe('ok bad fine')
    expect(within.running[turnId]?.stale).toBe(false)
  })

  it('is marked stale when it is joined half-way without a snapshot', () => {
    expect(fold(first, delta(4, 'middle')).running[turnId]?.stale).toBe(true)
  })

  it('follows tool calls', () => {
    const tool = {
      type: 'turn.tool',
      conversationId,
      cursor: 'c',
      turnId,
      attempt: 1,
      callId: 'x',
      name: 'clock',
    } as const
    const state = fold(first, started(), { ...tool, seq: 1, status: 'proposed' }, { ...tool, seq: 2, status: 'done' })
    expect(state.running[turnId]?.tools).toEqual([{ callId: 'x', name: 'clock', status: 'done' }])
  })
})

describe('the end of a turn', () => {
  it('is the first one that comes', () => {
    const state = fold(first, started(), completed('yes'))
    for (const late of [failed(), cancelled(), started(2), delta(9, 'x', 2), completed('no', 2)]) {
      expect(reduceConversation(state, late)).toBe(state)
    }
  })

  it('shows a failure below the unanswered message', () => {
    const state = fold(first, started(), delta(0, 'half'), failed())
    expect(shown(state)).toEqual(['message 1', 'failure'])
    expect(state.ended[turnId]?.error?.code).toBe('provider-failed')
  })

  it('does not pull the reader away from another branch', () => {
    const other = aMessage(7, { parentId: null, text: 'elsewhere' })
    const state = fold(
      first,
      started(),
      { type: 'local.messages', messages: [other] },
      { type: 'local.leaf', leafId: other.id },
    )
    expect(shown(reduceConversation(state, completed('answer')))).toEqual(['elsewhere'])
  })
})

describe('a snapshot', () => {
  it('replaces what was known, but keeps the older pages it continues', () => {
    const old = fold(snapshot([aMessage(3), aMessage(4)]), {
      type: 'local.messages',
      messages: [aMessage(1), aMessage(2)],
    })
    expect(shown(old)).toEqual(['message 1', 'message 2', 'message 3', 'message 4'])
    const state = reduceConversation(old, snapshot([aMessage(3), aMessage(5, { parentId: messageId(3) })]))
    expect(shown(state)).toEqual(['message 1', 'message 2', 'message 3', 'message 5'])
    expect(state.messages[messageId(4)]).toBeUndefined()
  })

  it('brings the running turn, and takes away one that it does not have', () => {
    const so = { turnId, attempt: 2, seq: 3, text: 'so far', parentId: messageId(1) }
    const state = fold(
      first,
      started(),
      delta(0, 'old'),
      snapshot([aMessage(1)], so),
      delta(3, 'seen', 2),
      delta(4, '!', 2),
    )
    expect(text(state)).toBe('so far!')
    expect(shown(reduceConversation(state, first))).toEqual(['message 1'])
  })
})

describe("one's own messages", () => {
  const sent = (n: number, turn: string): LocalFrame => ({
    type: 'local.sent',
    conversationId,
    messageId: messageId(n),
    turnId: turn,
    text: `mine ${n}`,
    createdAt: '2026-11-20T10:00:01.000Z',
  })

  it('stand at the end once accepted', () => {
    expect(shown(fold(snapshot([]), sent(1, turnId), started(), delta(0, 'x')))).toEqual(['mine 1', 'turn'])
  })

  it('wait below a running answer and then stand below it', () => {
    const waiting = fold(first, started(), delta(0, 'x'), sent(3, messageId(91)))
    expect(shown(waiting)).toEqual(['message 1', 'turn', 'mine 3'])
    const after = reduceConversation(waiting, completed('answer'))
    expect(shown(after)).toEqual(['message 1', 'answer', 'mine 3'])
    expect(after.messages[messageId(3)]?.parentId).toBe(messageId(2))
  })

  it('stand below the question when its answer failed', () => {
    const state = fold(first, started(), sent(3, messageId(91)), failed())
    expect(state.messages[messageId(3)]?.parentId).toBe(messageId(1))
  })
})

it('shows the branch up to the message that is answered anew', () => {
  const state = fold(snapshot([aMessage(1), aMessage(2)]), started(1, messageId(1)), delta(0, 'again'))
  expect(shown(state)).toEqual(['message 1', 'turn'])
})

it('knows the versions of an answer from the server and from what has just come', () => {
  const known = aMessage(2, { siblingIds: [messageId(2), messageId(4)] })
  const fresh = aMessage(6, { parentId: messageId(1) })
  const state = fold(snapshot([aMessage(1), known]), { type: 'local.messages', messages: [fresh] })
  const siblings = visibleItems(state).map(item => (item.kind === 'message' ? item.siblings : []))
  expect(siblings).toEqual([[messageId(1)], [messageId(2), messageId(4), messageId(6)]])
})

it('keeps the visible items while only a running text grows', () => {
  const visible = memoVisible()
  const one = fold(first, started(), delta(0, 'a'))
  const two = reduceConversation(one, delta(1, 'b'))
  expect(visible(two)).toBe(visible(one))
  expect(visible(reduceConversation(two, completed('ab')))).not.toBe(visible(one))
})

it('leaves frames of other conversations alone', () => {
  const state = fold(first)
  expect(reduceConversation(state, { ...delta(0, 'x'), conversationId: messageId(99) } as ServerFrame)).toBe(state)
})

describe('a snapshot in mid-turn', () => {
  const sent: LocalFrame = {
    type: 'local.sent',
    conversationId,
    messageId: messageId(1),
    turnId,
    text: 'mine',
    createdAt: '2026-11-20T10:00:00.000Z',
  }
  const mine = aMessage(1, { turnId, text: 'mine' })
  const turn = (state: Turn['state']): LocalFrame => ({
    type: 'local.turn',
    turn: { id: turnId, conversationId, state, attempt: 1, route: null, receipt: aReceipt, usage: null, error: null },
  })

  it('older than the own message does not take it away', () => {
    const state = fold(snapshot([]), sent, snapshot([]))
    expect(shown(state)).toEqual(['mine'])
    expect(shown(fold(snapshot([]), sent, snapshot([]), started(), delta(0, 'Hel')))).toEqual(['mine', 'turn'])
    expect(shown(fold(snapshot([]), sent, snapshot([mine])))).toEqual(['mine'])
  })

  it('keeps the place of an own message that was sent behind another branch', () => {
    const state = fold(snapshot([aMessage(1), aMessage(2)]), { ...sent, messageId: messageId(3) }, first)
    expect(shown(state)).toEqual(['message 1', 'mine'])
  })

  it('with the answer ends the turn, once', () => {
    const state = fold(first, sent, started(), delta(0, 'Hel'), snapshot([mine, aMessage(2, { turnId })]))
    expect(state.ended[turnId]).toMatchObject({ end: 'completed', messageId: messageId(2), receipt: null })
    expect(state.awaited).toEqual([])
    expect(untold(state)).toEqual([turnId])
    const told = reduceConversation(state, turn('completed'))
    expect(told.ended[turnId]?.receipt).toEqual(aReceipt)
    expect(untold(told)).toEqual([])
    expect(reduceConversation(told, completed('late'))).toBe(told)
  })

  it('without the answer leaves the end open until it is told', () => {
    const state = fold(first, started(), delta(0, 'Hel'), snapshot([mine]))
    expect(state.ended[turnId]).toBeUndefined()
    expect(untold(state)).toEqual([turnId])
    expect(reduceConversation(state, turn('running'))).toBe(state)
    const failure = reduceConversation(state, turn('failed'))
    expect(failure.ended[turnId]?.end).toBe('failed')
    expect(shown(failure)).toEqual(['mine', 'failure'])
    expect(untold(failure)).toEqual([])
  })

  it('leaves a turn open that goes on behind it', () => {
    const state = fold(snapshot([]), sent, snapshot([]), started(), delta(0, 'a'))
    expect(state.awaited).toEqual([])
    expect(reduceConversation(state, completed('a')).ended[turnId]?.receipt).toEqual(aReceipt)
  })
})
