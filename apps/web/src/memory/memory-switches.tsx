import type { MemorySettings } from '@luna/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'

const words = strings.memory
const queryKey = ['memory-settings']

/** Whether memory learns, and for whom. */
export function MemorySwitches() {
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey, queryFn: () => luna.memories.settings() })
  const change = useMutation({
    mutationFn: (changes: Partial<MemorySettings>) => luna.memories.changeSettings(changes),
    onSuccess: settings => queries.setQueryData(queryKey, settings),
    onError: toastError,
  })
  if (!data) return null
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Switch
        label={words.pause}
        hint={data.paused ? words.paused : words.pauseHint}
        checked={!data.paused}
        onChange={learns => change.mutate({ paused: !learns })}
      />
      <Switch
        label={words.share}
        hint={words.shareHint}
        checked={data.sharing === 'shared'}
        onChange={shared => change.mutate({ sharing: shared ? 'shared' : 'character' })}
      />
    </div>
  )
}

interface SwitchProps {
  label: string
  hint: string
  checked: boolean
  onChange(checked: boolean): void
}

const Switch = ({ label, hint, checked, onChange }: SwitchProps) => (
  <label className="panel flex cursor-pointer items-start gap-3 px-4 py-3 text-sm">
    <input
      type="checkbox"
      role="switch"
      className="mt-0.5 size-4 accent-(--accent)"
      checked={checked}
      onChange={event => onChange(event.target.checked)}
    />
    <span>
      <span className="block font-medium">{label}</span>
      <span className="block text-xs text-faint">{hint}</span>
    </span>
  </label>
)
