import type { ClaimedReview } from '@luna/client'
import type { ReviewItem } from '@luna/contracts'
import { useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'
import { DecisionForm } from './decision-form.tsx'

const words = strings.moderation

interface ReviewEntryProps {
  item: ReviewItem
  onDecided(): void
}

/** One entry: what was found, and once it is claimed what was said and the form to decide it. */
export function ReviewEntry({ item, onDecided }: ReviewEntryProps) {
  const [claimed, setClaimed] = useState<ClaimedReview | null>(null)
  const [busy, setBusy] = useState(false)
  const claim = async () => {
    setBusy(true)
    await luna.moderation.claim(item.id).then(setClaimed).catch(toastError)
    setBusy(false)
  }
  const classes = [...new Set(item.classes.filter(found => found.score >= 0.5).map(found => found.class))]
  return (
    <article className="rounded-2xl border border-line bg-raised p-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="font-medium">{classes.join(', ') || words.action[item.action]}</h2>
          <p className="mt-0.5 text-sm text-soft">
            {words.direction[item.direction]} · {words.action[item.action]} · {words.state[item.state]} ·{' '}
            <time dateTime={item.createdAt}>{new Date(item.createdAt).toLocaleString()}</time>
          </p>
        </div>
        {!claimed && (
          <button type="button" className="btn-quiet" disabled={busy} onClick={() => void claim()}>
            {words.claim}
          </button>
        )}
      </div>
      {claimed && <Claimed claimed={claimed} onDecided={onDecided} />}
    </article>
  )
}

function Claimed({ claimed, onDecided }: { claimed: ClaimedReview; onDecided(): void }) {
  const { item, context, earlier } = claimed
  return (
    <div className="mt-4 space-y-4 border-t border-line pt-4">
      {context.length === 0 && <p className="text-sm text-soft">{words.gone}</p>}
      {context.map(({ role, text, inQuestion }) => (
        <div key={role} className={`rounded-xl px-4 py-3 ${inQuestion ? 'bg-tint' : ''}`}>
          <p className="text-xs font-medium text-soft">
            {words.said[role] ?? role}
            {inQuestion && ` · ${words.inQuestion}`}
          </p>
          <p className="mt-1 text-[0.95rem] break-words whitespace-pre-wrap">{text}</p>
        </div>
      ))}
      {item.appeal && (
        <div className="rounded-xl border border-accent/50 px-4 py-3">
          <p className="text-xs font-medium text-soft">{words.appeal}</p>
          <p className="mt-1 text-[0.95rem] whitespace-pre-wrap">{item.appeal}</p>
        </div>
      )}
      <ul className="flex flex-wrap gap-1.5 text-xs text-soft">
        {item.classes.map(({ rule, score }) => (
          <li key={rule} className="rounded-full border border-line px-2.5 py-0.5">
            {rule} · {score.toFixed(2)}
          </li>
        ))}
      </ul>
      <p className="text-sm text-soft">{words.earlier(earlier.upheld, earlier.strikes)}</p>
      <DecisionForm item={item} onDecided={onDecided} />
    </div>
  )
}
