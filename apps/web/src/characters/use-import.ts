import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toast, toastError } from '../ui/toasts.tsx'

const words = strings.characters

/** Imports files that are chosen or dropped, one after the other, and opens the last character. */
export function useImport() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [over, setOver] = useState(false)
  const [warnings, setWarnings] = useState<readonly string[]>([])

  const bring = async (files: readonly File[]): Promise<void> => {
    setBusy(true)
    setWarnings([])
    try {
      let last: string | undefined
      const told: string[] = []
      for (const file of files) {
        const { items, lorebooks, warnings: notes } = await luna.characters.import(file, file.name)
        for (const item of items) toast(words.imported(item.name))
        for (const book of lorebooks) toast(words.importedBook(book.name || file.name))
        told.push(...notes)
        last = items.at(-1)?.id ?? last
      }
      setWarnings(told)
      await queries.invalidateQueries({ queryKey: ['characters'] })
      if (last && told.length === 0) await navigate({ to: '/characters/$characterId', params: { characterId: last } })
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }

  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      void bring([...event.dataTransfer.files])
    },
  }
  return { bring, drop, busy, over, warnings }
}
