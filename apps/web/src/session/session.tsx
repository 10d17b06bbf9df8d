import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { type Live as LiveConnection, LiveContext, openLive } from '../live/live.ts'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Logo } from '../ui/logo.tsx'
import { toastError } from '../ui/toasts.tsx'
import { type Boot, boot } from './boot.ts'
import { SignIn } from './sign-in.tsx'

type Ended = 'revoked' | 'expired' | null

const flag = 'luna.session'
const remembered = (): boolean => {
  try {
    return localStorage.getItem(flag) === '1'
  } catch {
    return false
  }
}
const remember = (yes: boolean): void => {
  try {
    if (yes) localStorage.setItem(flag, '1')
    else localStorage.removeItem(flag)
  } catch {
    // Without storage the next visit asks once more.
  }
}

type Gate = { name: 'waking' } | Exclude<Boot, { name: 'signed-in' }> | { name: 'in'; live: LiveConnection }

/** Lets its children in once somebody is signed in, with one live connection for all of them. */
export function SessionGate({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const [gate, setGate] = useState<Gate>({ name: 'waking' })
  const [ended, setEnded] = useState<Ended>(null)
  const started = useRef(false)

  const enter = useCallback(() => {
    remember(true)
    const live = openSession(queries, why => {
      remember(false)
      setEnded(why)
      setGate({ name: 'sign-in' })
    })
    setGate({ name: 'in', live })
  }, [queries])

  const wake = useCallback(async () => {
    const next = await boot({ wasHere: remembered(), refresh: luna.auth.refresh, local: luna.auth.local })
    if (next.name === 'signed-in') enter()
    else setGate(next)
  }, [enter])

  useEffect(() => {
    if (started.current) return
    started.current = true
    void wake()
  }, [wake])

  useEffect(() => {
    if (gate.name !== 'unreachable') return
    const timer = setTimeout(() => void wake(), 3_000)
    return () => clearTimeout(timer)
  }, [gate, wake])

  if (gate.name === 'waking') return <Splash text={strings.boot.waking} />
  if (gate.name === 'sign-in') return <SignIn ended={ended} onSignedIn={enter} />
  if (gate.name === 'in') return <LiveContext value={gate.live}>{children}</LiveContext>
  return (
    <Splash text={strings.boot.unreachable}>
      <p className="text-sm text-soft">{strings.boot.unreachableHint}</p>
      <button type="button" className="btn-quiet mt-5" onClick={() => void wake()}>
        {strings.boot.again}
      </button>
    </Splash>
  )
}

/** Opens the live connection of a signed-in person; `onEnd` is called once, when the sign-in is over. */
function openSession(queries: QueryClient, onEnd: (why: Ended) => void): LiveConnection {
  const live = openLive(queries)
  const end = (why: Ended): void => {
    for (const stop of off.splice(0)) stop()
    live.close()
    queries.clear()
    onEnd(why)
  }
  const off = [
    live.connection.on('state', state => state.name === 'signed-out' && end(state.why)),
    live.connection.on('refused', ({ error }) => error.code !== 'cancelled' && toastError(error)),
    luna.session.on('user', user => user === null && end(null)),
  ]
  return live
}

export function Splash({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <main className="grid h-full place-items-center p-6 text-center">
      <div>
        <div className="breathe mx-auto mb-5 w-fit">
          <Logo size={56} />
        </div>
        <p className="voice" role="status">
          {text}
        </p>
        {children}
      </div>
    </main>
  )
}
