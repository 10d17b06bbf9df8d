import type { Decision, ReviewItem } from '@luna/contracts'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'

const words = strings.moderation
const decisions: readonly Decision[] = ['dismiss', 'uphold', 'strike', 'restrict']

export function DecisionForm({ item, onDecided }: { item: ReviewItem; onDecided(): void }) {
  const [decision, setDecision] = useState<Decision>('dismiss')
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const note = String(form.get('note') ?? '').trim()
    setBusy(true)
    try {
      const reason = String(form.get('reason')).trim()
      await luna.moderation.decide(item.id, { decision, reason, ...(note ? { note } : {}) }, item.version)
      onDecided()
    } catch (error) {
      toastError(error)
    }
    setBusy(false)
  }

  return (
    <form className="space-y-3" onSubmit={event => void submit(event)}>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-1.5 text-sm font-medium">{words.decisionLabel}</legend>
        {decisions.map(name => (
          <label
            key={name}
            className="flex cursor-pointer items-center rounded-full border border-line px-4 py-1.5 text-sm transition-colors hover:border-edge has-checked:border-accent has-checked:bg-tint has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="decision"
              className="sr-only"
              checked={decision === name}
              onChange={() => setDecision(name)}
            />
            {words.decision[name]}
          </label>
        ))}
      </fieldset>
      <label className="block text-sm font-medium">
        {words.reason}
        <textarea name="reason" required maxLength={1000} rows={2} className="field mt-1.5" />
      </label>
      <label className="block text-sm font-medium">
        {words.note}
        <textarea name="note" maxLength={2000} rows={1} className="field mt-1.5" />
      </label>
      <button type="submit" className="btn-primary" disabled={busy}>
        {words.decide}
      </button>
    </form>
  )
}
