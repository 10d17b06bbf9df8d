import { useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { download } from '../ui/download.ts'
import { toastError } from '../ui/toasts.tsx'

const words = strings.settings

export function YourData() {
  const [asking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)

  const save = async () => {
    setBusy(true)
    await luna.me
      .export()
      .then(blob => download(blob, 'luna-export.zip'))
      .catch(toastError)
    setBusy(false)
  }
  const erase = async () => {
    try {
      const { erasureId } = await luna.me.erase()
      luna.session.clear()
      location.assign(`/erasure/${erasureId}`)
    } catch (error) {
      toastError(error)
    }
  }

  return (
    <div className="space-y-5 text-sm">
      <div className="flex items-center justify-between gap-4">
        <p className="text-soft">{words.exportHint}</p>
        <button type="button" className="btn-quiet shrink-0" disabled={busy} onClick={() => void save()}>
          {words.export}
        </button>
      </div>
      <div className="flex items-center justify-between gap-4">
        <p className="text-soft">{words.eraseHint}</p>
        <button type="button" className="btn-danger shrink-0" onClick={() => setAsking(true)}>
          {words.erase}
        </button>
      </div>
      <Dialog open={asking} onClose={() => setAsking(false)} title={words.erase} description={words.eraseHint}>
        <label className="block text-sm font-medium">
          {words.eraseConfirm}
          <input
            className="field mt-1.5"
            value={typed}
            autoComplete="off"
            onChange={event => setTyped(event.target.value)}
          />
        </label>
        <div className="mt-4 flex justify-end gap-2">
          <button type="button" className="btn-quiet" onClick={() => setAsking(false)}>
            {strings.conversation.cancel}
          </button>
          <button
            type="button"
            className="btn-danger"
            disabled={typed.trim().toLowerCase() !== words.eraseWord}
            onClick={() => void erase()}
          >
            {words.erase}
          </button>
        </div>
      </Dialog>
    </div>
  )
}
