import type { CharacterInput } from '@luna/client'
import { type CharacterDetail, type CharacterSheet, LunaError } from '@luna/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { listOf } from './list-of.ts'

const words = strings.characters
const labels = words.fields

const main = ['description', 'personality', 'scenario', 'greeting'] as const
const more = ['backstory', 'exampleDialogue', 'systemPrompt', 'postHistoryInstructions'] as const
type TextField = (typeof main)[number] | (typeof more)[number]
const rows: Partial<Record<TextField, number>> = { description: 8, greeting: 4, backstory: 5 }
const regenerable: readonly TextField[] = [
  'description',
  'personality',
  'scenario',
  'greeting',
  'backstory',
  'exampleDialogue',
]

/** Makes a character by hand, or changes one. */
export function Editor({ character, onDone }: { character?: CharacterDetail; onDone?: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sheet = character?.sheet ?? {}
  const [texts, setTexts] = useState<Partial<Record<TextField, string>>>({})
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)

  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setBusy(true)
    setFault(null)
    try {
      const input = inputOf(data, sheet)
      const stored = character
        ? await luna.characters.update(character.id, input, character.version)
        : await luna.characters.create(input)
      const picture = data.get('picture')
      if (picture instanceof File && picture.size > 0) await luna.characters.setAvatar(stored.id, picture, picture.name)
      toast(words.saved)
      await queries.invalidateQueries({ queryKey: ['characters'] })
      await queries.invalidateQueries({ queryKey: ['character', stored.id] })
      if (onDone) onDone()
      else await navigate({ to: '/characters/$characterId', params: { characterId: stored.id } })
    } catch (error) {
      const known = LunaError.from(error)
      setFault(known.code === 'stale' ? words.stale : known.message)
      setBusy(false)
    }
  }
  const renew = async (field: TextField): Promise<void> => {
    if (!character) return
    try {
      const made = await luna.characters.regenerateField(character.id, field)
      setTexts({ ...texts, [field]: made.sheet[field] ?? '' })
    } catch (error) {
      toastError(error)
    }
  }

  const area = (field: TextField) => (
    <div key={field}>
      <div className="mb-1.5 flex items-end justify-between gap-2">
        <label htmlFor={`character-${field}`} className="text-sm font-medium">
          {labels[field]}
        </label>
        {character && regenerable.includes(field) && (
          <button
            type="button"
            className="icon-btn-small"
            aria-label={words.again(labels[field])}
            title={words.again(labels[field])}
            onClick={() => void renew(field)}
          >
            <Icon name="again" size={16} />
          </button>
        )}
      </div>
      <textarea
        id={`character-${field}`}
        key={texts[field] ?? ''}
        name={field}
        rows={rows[field] ?? 3}
        maxLength={32_000}
        className="field"
        defaultValue={texts[field] ?? sheet[field] ?? ''}
      />
      {field === 'description' && <p className="mt-1 text-xs text-faint">{labels.descriptionHint}</p>}
    </div>
  )
  const line = (name: 'name' | 'creatorNotes' | 'tags' | 'traits' | 'language', value: string, required = false) => (
    <label className="block">
      <span className="mb-1.5 block text-sm font-medium">{labels[name]}</span>
      <input className="field" name={name} defaultValue={value} required={required} autoComplete="off" />
    </label>
  )

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line px-3 sm:px-5">
        <DrawerButton />
        <h1 className="voice min-w-0 flex-1 truncate text-lg font-semibold">{character?.name ?? words.create}</h1>
      </header>
      <form className="min-h-0 flex-1 overflow-y-auto" onSubmit={event => void save(event)}>
        <div className="mx-auto max-w-2xl space-y-5 px-5 py-6">
          {line('name', sheet.name ?? '', true)}
          {line('creatorNotes', sheet.creatorNotes ?? '')}
          {main.map(area)}
          <div className="grid gap-4 sm:grid-cols-2">
            {line('tags', sheet.tags?.join(', ') ?? '')}
            {line('traits', sheet.traits?.join(', ') ?? '')}
            {line('language', sheet.language ?? '')}
            <label className="block">
              <span className="mb-1.5 block text-sm font-medium">{labels.visibility}</span>
              <select className="field" name="visibility" defaultValue={character?.visibility ?? 'private'}>
                <option value="private">{words.visibility.private}</option>
                <option value="public">{words.visibility.public}</option>
              </select>
            </label>
            <label className="block sm:col-span-2">
              <span className="mb-1.5 block text-sm font-medium">{labels.picture}</span>
              <input className="field" type="file" name="picture" accept="image/png,image/jpeg,image/webp,image/gif" />
            </label>
          </div>
          <details className="panel p-4">
            <summary className="cursor-pointer text-sm font-medium">{words.advanced}</summary>
            <div className="mt-4 space-y-5">{more.map(area)}</div>
          </details>
          {fault && (
            <p role="alert" className="text-sm text-danger">
              {fault}
            </p>
          )}
          <div className="flex justify-end gap-2">
            {onDone ? (
              <button type="button" className="btn-quiet" onClick={onDone}>
                {words.cancel}
              </button>
            ) : (
              <Link to="/characters" className="btn-quiet">
                {words.cancel}
              </Link>
            )}
            <button type="submit" className="btn-primary" disabled={busy}>
              {busy ? words.saving : words.save}
            </button>
          </div>
        </div>
      </form>
    </div>
  )
}

/** Only what differs from before is sent: what a form does not show stays as it is. */
function inputOf(data: FormData, before: Partial<CharacterSheet>): CharacterInput & { name: string } {
  const of = (name: string): string => String(data.get(name) ?? '')
  const input: CharacterInput & { name: string } = {
    name: of('name').trim(),
    visibility: of('visibility') as 'private' | 'public',
    tags: listOf(of('tags')),
    traits: listOf(of('traits')),
  }
  for (const field of [...main, ...more, 'creatorNotes', 'language'] as const)
    if (of(field) !== (before[field] ?? '').replaceAll('\r\n', '\n')) input[field] = of(field)
  return input
}
