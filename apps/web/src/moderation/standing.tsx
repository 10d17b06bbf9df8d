import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'

const words = strings.moderation.standing
const key = ['standing']

/** What moderators have decided about whoever is signed in, and the way to have it looked at again. */
export function Standing() {
  const { data } = useQuery({ queryKey: key, queryFn: () => luna.standing.get(), retry: 1 })
  if (!data || data.decisions.length === 0) return <p className="text-sm text-soft">{words.none}</p>
  return (
    <div className="space-y-4 text-sm">
      {data.restrictedUntil && (
        <p role="status" className="rounded-xl bg-tint px-4 py-3">
          {words.until(new Date(data.restrictedUntil).toLocaleString())}
        </p>
      )}
      <ul className="space-y-4">
        {data.decisions.map(one => (
          <li key={one.id}>
            <p className="font-medium">{strings.moderation.decision[one.decision]}</p>
            <p className="text-soft">{one.reason}</p>
            {one.mayAppeal ? (
              <Appeal id={one.id} />
            ) : (
              <p className="text-faint">{one.state === 'closed' ? words.closed : words.appealed}</p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Appeal({ id }: { id: string }) {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    try {
      await luna.standing.appeal(id, String(new FormData(event.currentTarget).get('text')))
      await queries.invalidateQueries({ queryKey: key })
    } catch (error) {
      toastError(error)
    }
  }
  if (!open)
    return (
      <button type="button" className="btn-quiet mt-2" onClick={() => setOpen(true)}>
        {words.appeal}
      </button>
    )
  return (
    <form className="mt-2 space-y-2" onSubmit={event => void submit(event)}>
      <label className="block font-medium">
        {words.appealLabel}
        <textarea name="text" required maxLength={2000} rows={3} className="field mt-1.5" />
      </label>
      <div className="flex gap-2">
        <button type="submit" className="btn-primary">
          {words.send}
        </button>
        <button type="button" className="btn-quiet" onClick={() => setOpen(false)}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
