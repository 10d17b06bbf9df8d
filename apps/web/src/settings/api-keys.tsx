import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { copyText } from '../ui/copy.ts'
import { Icon } from '../ui/icon.tsx'
import { toast, toastError } from '../ui/toasts.tsx'

const words = strings.settings

export function ApiKeys() {
  const queries = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const { data } = useQuery({ queryKey: ['keys'], queryFn: () => luna.keys.list() })
  const refresh = () => queries.invalidateQueries({ queryKey: ['keys'] })
  const make = useMutation({
    mutationFn: luna.keys.create,
    onSuccess: made => {
      setSecret(made.secret)
      void refresh()
    },
    onError: toastError,
  })
  const remove = useMutation({ mutationFn: luna.keys.remove, onSuccess: refresh, onError: toastError })

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name === '') return
    make.mutate(name)
    event.currentTarget.reset()
  }
  const copy = (text: string) =>
    copyText(text).then(
      () => toast(strings.actions.copied),
      () => toast(strings.actions.copyFailed, true),
    )

  return (
    <div className="space-y-4">
      <form className="flex items-end gap-2" onSubmit={submit}>
        <label className="flex-1">
          <span className="mb-1.5 block text-sm font-medium">{words.keyName}</span>
          <input className="field" name="name" maxLength={100} autoComplete="off" />
        </label>
        <button type="submit" className="btn-quiet py-2.5" disabled={make.isPending}>
          {words.makeKey}
        </button>
      </form>
      {secret && (
        <div role="status" className="rounded-2xl bg-tint p-4 text-sm">
          <p className="mb-2">{words.keyOnce}</p>
          <div className="flex items-center gap-2">
            <code className="min-w-0 flex-1 rounded-lg bg-raised px-3 py-2 text-xs break-all">{secret}</code>
            <button
              type="button"
              className="icon-btn"
              aria-label={strings.actions.copy}
              onClick={() => void copy(secret)}
            >
              <Icon name="copy" />
            </button>
          </div>
        </div>
      )}
      <ul className="divide-y divide-line">
        {data?.items.map(({ id, name, createdAt }) => (
          <li key={id} className="flex items-center gap-3 py-2.5 text-sm">
            <Icon name="key" size={18} />
            <span className="flex-1">{name}</span>
            {createdAt && <time className="text-xs text-faint">{new Date(createdAt).toLocaleDateString()}</time>}
            <button
              type="button"
              className="icon-btn"
              aria-label={words.removeKey(name)}
              onClick={() => remove.mutate(id)}
            >
              <Icon name="trash" size={18} />
            </button>
          </li>
        ))}
      </ul>
      {data?.items.length === 0 && <p className="text-sm text-faint">{words.noKeys}</p>}
    </div>
  )
}
