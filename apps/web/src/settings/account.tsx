import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toast, toastError } from '../ui/toasts.tsx'

const words = strings.settings

export function Account() {
  const user = luna.session.user
  const [name, setName] = useState(user?.displayName ?? '')
  const save = (event: FormEvent) => {
    event.preventDefault()
    luna.me
      .update({ displayName: name.trim() })
      .then(() => toast(words.saved))
      .catch(toastError)
  }
  return (
    <div className="space-y-4">
      {user?.email && (
        <p className="text-sm text-soft">
          {words.signedInAs} <strong className="font-medium text-ink">{user.email}</strong>
        </p>
      )}
      <form className="flex items-end gap-2" onSubmit={save}>
        <label className="flex-1">
          <span className="mb-1.5 block text-sm font-medium">{words.name}</span>
          <input
            className="field"
            value={name}
            maxLength={200}
            autoComplete="nickname"
            onChange={event => setName(event.target.value)}
          />
        </label>
        <button type="submit" className="btn-quiet py-2.5" disabled={name.trim() === ''}>
          {words.save}
        </button>
      </form>
      {user?.email && (
        <button type="button" className="btn-quiet" onClick={() => void luna.auth.logout().catch(toastError)}>
          {words.signOut}
        </button>
      )}
    </div>
  )
}
