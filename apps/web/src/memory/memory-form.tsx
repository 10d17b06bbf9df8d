import type { MemoryItem } from '@luna/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { toastError } from '../ui/toasts.tsx'

const words = strings.memory

interface MemoryFormProps {
  open: boolean
  /** Null: a new one. */
  memory: MemoryItem | null
  onClose(): void
}

/** Writes a memory down, or corrects one. */
export function MemoryForm({ open, memory, onClose }: MemoryFormProps) {
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (text: string) =>
      memory ? luna.memories.update(memory.id, { text }, memory.version) : luna.memories.add({ text }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['memories'] }),
    onError: toastError,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('text')).trim()
    if (text !== '') save.mutate(text)
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={memory ? words.editTitle : words.add}
      description={memory ? words.editHint : words.addHint}
    >
      <form onSubmit={submit} className="space-y-4">
        <label className="block">
          <span className="mb-1.5 block text-sm font-medium">{words.text}</span>
          <textarea className="field" name="text" rows={3} maxLength={1_000} required defaultValue={memory?.text} />
        </label>
        <div className="flex justify-end gap-2">
          <button type="button" className="btn-quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="btn-primary" disabled={save.isPending}>
            {words.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
