import { LunaError } from '@luna/contracts'
import { useSyncExternalStore } from 'react'
import { strings } from '../strings.ts'
import { Icon } from './icon.tsx'

interface Toast {
  id: number
  text: string
  bad: boolean
}

let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()

const set = (next: readonly Toast[]): void => {
  toasts = next
  for (const listener of listeners) listener()
}
const dismiss = (id: number): void => set(toasts.filter(shown => shown.id !== id))

/** Says something in passing; bad news stays until it is closed. */
export function toast(text: string, bad = false): void {
  const id = ++last
  set([...toasts.slice(-3), { id, text, bad }])
  if (!bad) setTimeout(() => dismiss(id), 4_000)
}

/** For `catch`: shows what went wrong, in the words of the error. */
export const toastError = (error: unknown): void => toast(LunaError.from(error).message, true)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-28 z-50 flex flex-col items-center gap-2 px-4">
      {shown.map(({ id, text, bad }) => (
        <div
          key={id}
          role={bad ? 'alert' : 'status'}
          className="panel shadow-soft rise pointer-events-auto flex max-w-lg items-center gap-3 py-2 pr-2 pl-4 text-sm"
        >
          <span className={bad ? 'text-danger' : ''}>{text}</span>
          <button
            type="button"
            className="icon-btn-small"
            aria-label={strings.notices.dismiss}
            onClick={() => dismiss(id)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  )
}
