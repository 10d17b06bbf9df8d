import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'
import { JournalEntries } from './journal-entries.tsx'

const words = strings.memory.journal

/** Writing, with something to begin with, and what was written. */
export function Journal() {
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [tags, setTags] = useState('')
  const [mood, setMood] = useState<number | null>(null)
  const [prompt, setPrompt] = useState<string | null>(null)
  const prompts = useQuery({ queryKey: ['journal', 'prompts'], queryFn: () => luna.journal.prompts() })
  const add = useMutation({
    mutationFn: () =>
      luna.journal.add({
        text: text.trim(),
        tags: tags
          .split(',')
          .map(tag => tag.trim())
          .filter(tag => tag !== ''),
        ...(mood === null ? {} : { mood }),
        ...(prompt === null ? {} : { prompt }),
      }),
    onSuccess() {
      setText('')
      setTags('')
      setMood(null)
      setPrompt(null)
      void queries.invalidateQueries({ queryKey: ['journal'] })
    },
    onError: toastError,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') add.mutate()
  }

  return (
    <div className="space-y-8">
      <form onSubmit={submit} className="panel space-y-4 p-5">
        {(prompts.data?.items.length ?? 0) > 0 && (
          <fieldset>
            <legend className="mb-2 text-sm font-medium">{words.prompts}</legend>
            <div className="flex flex-wrap gap-2">
              {prompts.data?.items.map(item => (
                <button
                  key={item}
                  type="button"
                  aria-pressed={prompt === item}
                  className="rounded-2xl border border-line px-3 py-1.5 text-left text-sm text-soft transition-colors hover:border-edge aria-pressed:border-accent aria-pressed:bg-tint"
                  onClick={() => setPrompt(prompt === item ? null : item)}
                >
                  {item}
                </button>
              ))}
            </div>
          </fieldset>
        )}
        <label className="block">
          <span className="mb-1.5 block text-sm font-medium">{prompt ?? words.label}</span>
          <textarea
            className="field voice"
            rows={5}
            maxLength={20_000}
            placeholder={words.placeholder}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        </label>
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{words.mood}</legend>
          <div className="flex flex-wrap gap-2">
            {words.moods.map((name, index) => (
              <label
                key={name}
                className="cursor-pointer rounded-full border border-line px-3 py-1.5 text-sm transition-colors hover:border-edge has-checked:border-accent has-checked:bg-tint has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input
                  type="radio"
                  name="mood"
                  className="sr-only"
                  checked={mood === index + 1}
                  onChange={() => setMood(index + 1)}
                />
                {name}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="flex flex-wrap items-end gap-3">
          <label className="min-w-48 flex-1">
            <span className="mb-1.5 block text-sm font-medium">{words.tags}</span>
            <input className="field" value={tags} onChange={event => setTags(event.target.value)} autoComplete="off" />
          </label>
          <button type="submit" className="btn-primary py-2.5" disabled={add.isPending || text.trim() === ''}>
            {words.save}
          </button>
        </div>
      </form>
      <JournalEntries />
    </div>
  )
}
