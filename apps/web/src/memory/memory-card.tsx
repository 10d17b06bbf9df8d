import type { MemoryItem } from '@luna/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Confirm } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { MemoryForm } from './memory-form.tsx'
import { WhyMemory } from './why-memory.tsx'

const words = strings.memory
type Shown = 'edit' | 'forget' | 'why' | null

/** One memory with what the person may do with it. */
export function MemoryCard({ memory }: { memory: MemoryItem }) {
  const [shown, setShown] = useState<Shown>(null)
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['memories'] })
  const pin = useMutation({
    mutationFn: () => luna.memories.update(memory.id, { pinned: !memory.pinned }, memory.version),
    onSettled: refresh,
    onError: toastError,
  })
  const forget = useMutation({
    mutationFn: () => luna.memories.forget(memory.id),
    onSuccess: () => toast(words.forgotten),
    onSettled: refresh,
    onError: toastError,
  })
  const close = () => setShown(null)

  return (
    <li className="panel px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="wrap-anywhere">{memory.text}</p>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-faint">
            <span className="rounded-full bg-tint px-2 py-0.5 text-soft">{words.kinds[memory.kind]}</span>
            <time dateTime={memory.observedAt}>{new Date(memory.observedAt).toLocaleDateString()}</time>
            <span>{words.learned[memory.origin]}</span>
            <span role="img" aria-label={words.important(memory.importance)}>
              {'●'.repeat(memory.importance)}
              {'○'.repeat(5 - memory.importance)}
            </span>
            {memory.usedCount > 0 && <span>{words.used(memory.usedCount)}</span>}
            {memory.sensitivity === 'sensitive' && <span className="text-accent">{words.sensitive}</span>}
          </p>
        </div>
        <button
          type="button"
          className="icon-btn-small"
          aria-pressed={memory.pinned}
          aria-label={memory.pinned ? words.unpin : words.pin}
          title={memory.pinned ? words.unpin : words.pin}
          disabled={pin.isPending}
          onClick={() => pin.mutate()}
        >
          <Icon name="heart" size={18} />
        </button>
      </div>
      <div className="mt-2 flex flex-wrap gap-1.5">
        <Action icon="spark" label={words.why} onClick={() => setShown('why')} />
        <Action icon="pencil" label={words.edit} onClick={() => setShown('edit')} />
        <Action icon="trash" label={words.forget} onClick={() => setShown('forget')} />
      </div>
      <MemoryForm open={shown === 'edit'} memory={memory} onClose={close} />
      {shown === 'why' && <WhyMemory id={memory.id} onClose={close} />}
      <Confirm
        open={shown === 'forget'}
        title={words.forgetTitle}
        body={`“${memory.text}” ${words.forgetBody}`}
        action={words.forget}
        onConfirm={() => forget.mutate()}
        onClose={close}
      />
    </li>
  )
}

interface ActionProps {
  icon: 'spark' | 'pencil' | 'trash'
  label: string
  onClick(): void
}

const Action = ({ icon, label, onClick }: ActionProps) => (
  <button
    type="button"
    className="inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-xs text-soft transition-colors hover:bg-tint hover:text-ink"
    onClick={onClick}
  >
    <Icon name={icon} size={14} />
    {label}
  </button>
)
