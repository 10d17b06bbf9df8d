import type { ConversationState } from '@luna/client'
import { useEffect, useRef, useState } from 'react'
import { strings } from '../strings.ts'

const words = strings.talk

/** Reads out to a screen reader that an answer begins and, once, what it was; never the tokens in between. */
export function Announcer({ state, name }: { state: ConversationState; name: string }) {
  const [text, setText] = useState('')
  const before = useRef(state)

  useEffect(() => {
    const was = before.current
    before.current = state
    if (was.conversationId !== state.conversationId) return
    for (const [turnId, turn] of Object.entries(state.running)) {
      if (turn.state === 'running' && was.running[turnId]?.state !== 'running') setText(words.announceStart(name))
    }
    for (const [turnId, turn] of Object.entries(state.ended)) {
      if (was.ended[turnId] || !(was.running[turnId] || was.awaited.includes(turnId))) continue
      const answer = turn.messageId ? state.messages[turn.messageId]?.text : undefined
      setText(answer === undefined ? words.announceFailed : words.answered(name, answer))
    }
  }, [state, name])

  return (
    <div aria-live="polite" aria-atomic="true" className="sr-only">
      {text}
    </div>
  )
}
