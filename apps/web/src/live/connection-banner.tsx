import type { LinkState } from '@luna/client'
import { useEffect, useState } from 'react'
import { strings } from '../strings.ts'
import { useLive, useValue } from './live.ts'

const words = strings.connection
const blinkMs = 1_200

/** Says calmly that the line is down, once it has been for more than a blink. */
export function ConnectionBanner() {
  const live = useLive()
  const state = useValue(live.state)
  const down = state.name === 'connecting' || state.name === 'waiting'
  return (
    <div role="status" className="contents">
      {down && <Down state={state} onWake={() => live.connection.wake()} />}
    </div>
  )
}

function Down({ state, onWake }: { state: LinkState; onWake(): void }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), blinkMs)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  const waiting = state.name === 'waiting'
  return (
    <div className="rise flex items-center justify-center gap-3 border-b border-line bg-tint px-4 py-1.5 text-sm text-soft">
      <span className="flex gap-1" aria-hidden="true">
        <i className="breathe size-1.5 rounded-full bg-accent" />
        <i className="breathe size-1.5 rounded-full bg-accent" />
        <i className="breathe size-1.5 rounded-full bg-accent" />
      </span>
      {waiting && state.offline ? words.offline : words.waiting}
      {waiting && (
        <button type="button" className="text-accent underline underline-offset-4" onClick={onWake}>
          {words.now}
        </button>
      )}
    </div>
  )
}
