import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { toast, toastError } from '../ui/toasts.tsx'

const words = strings.plugins

/** A manifest, an `mcpServers` object or an OpenAPI document: told apart by what it holds. Resolves to the plugin's id. */
async function addPasted(text: string): Promise<{ id: string; name: string } | null> {
  if (!text.trimStart().startsWith('{')) return luna.plugins.importOpenapi(text)
  const value = JSON.parse(text) as Record<string, unknown>
  if (value['openapi']) return luna.plugins.importOpenapi(value)
  if (!value['mcpServers']) return luna.plugins.add(value)
  const { items, failed } = await luna.plugins.importMcp(value['mcpServers'] as Record<string, Record<string, unknown>>)
  for (const { server, message } of failed) toastError(new Error(`${server}: ${message}`))
  return items[0] ?? null
}

export function AddDialog({ open, onClose, onAdded }: { open: boolean; onClose(): void; onAdded(id: string): void }) {
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: addPasted,
    onError: error => toastError(error instanceof SyntaxError ? new Error(words.notJson) : error),
    onSuccess: async added => {
      await queries.invalidateQueries({ queryKey: ['plugins'] })
      if (!added) return
      toast(words.added(added.name))
      onAdded(added.id)
      onClose()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate(String(new FormData(event.currentTarget).get('pasted')))
  }
  return (
    <Dialog open={open} onClose={onClose} title={words.addTitle} description={words.addBody} wide>
      <form onSubmit={submit} className="space-y-3">
        <textarea
          name="pasted"
          required
          aria-label={words.addField}
          spellCheck={false}
          className="field min-h-64 font-mono text-xs"
        />
        <button type="submit" className="btn-primary py-2" disabled={add.isPending}>
          {words.addDo}
        </button>
      </form>
    </Dialog>
  )
}
