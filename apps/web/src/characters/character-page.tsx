import type { CharacterDetail } from '@luna/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { luna } from '../luna.ts'
import { MoodPanel } from '../mood/mood-panel.tsx'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { Confirm } from '../ui/dialog.tsx'
import { download } from '../ui/download.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { toastError } from '../ui/toasts.tsx'
import { Avatar } from './avatar.tsx'
import { Editor } from './editor.tsx'
import { plain } from './plain.ts'
import { Versions } from './versions.tsx'

const words = strings.characters

/** One character: who it is, how it feels towards the person, and what can be done with it. */
export default function CharacterPage() {
  const { characterId } = useParams({ strict: false })
  const id = characterId ?? ''
  const [editing, setEditing] = useState(false)
  const { data, error } = useQuery({ queryKey: ['character', id], queryFn: () => luna.characters.get(id) })
  if (editing && data) return <Editor character={data} onDone={() => setEditing(false)} />
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line px-3 sm:px-5">
        <DrawerButton />
        <Link to="/characters" className="btn-quiet">
          <Icon name="left" size={17} />
          {words.back}
        </Link>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && <p className="voice p-8 text-center">{words.missing}</p>}
        {data && <Profile character={data} onEdit={() => setEditing(true)} />}
      </div>
    </div>
  )
}

function Profile({ character, onEdit }: { character: CharacterDetail; onEdit(): void }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const { id, name, sheet } = character
  const talk = async (): Promise<void> => {
    try {
      const { id: conversationId } = await luna.conversations.create({ characterId: id })
      await queries.invalidateQueries({ queryKey: ['conversations'] })
      await navigate({ to: '/c/$conversationId', params: { conversationId } })
    } catch (error) {
      toastError(error)
    }
  }
  const remove = async (): Promise<void> => {
    try {
      await luna.characters.remove(id, character.version)
      await queries.invalidateQueries({ queryKey: ['characters'] })
      await navigate({ to: '/characters' })
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <article className="mx-auto max-w-3xl px-5 py-6">
      <div className="flex flex-col gap-5 sm:flex-row">
        <Avatar character={character} className="h-52 w-39 shrink-0 self-center rounded-2xl sm:self-start" />
        <div className="min-w-0 flex-1">
          <h1 className="voice text-3xl leading-tight font-semibold">{name}</h1>
          <p className="mt-1 text-xs text-faint">
            {[
              character.builtIn ? words.builtIn : character.own ? words.mine : '',
              character.language,
              words.sections.lore(character.loreEntries ?? 0),
            ]
              .filter(part => part)
              .join(' · ')}
          </p>
          <p className="voice mt-2 text-soft">{character.description}</p>
          {character.tags.length > 0 && (
            <p className="mt-2 flex flex-wrap gap-1.5">
              {character.tags.map(tag => (
                <span key={tag} className="rounded-full bg-tint px-2.5 py-0.5 text-xs text-soft">
                  {tag}
                </span>
              ))}
            </p>
          )}
          <div className="mt-4 flex flex-wrap gap-2">
            <button type="button" className="btn-primary" onClick={() => void talk()}>
              {words.talk(name)}
            </button>
            <ExportMenu character={character} />
            {character.own && (
              <>
                <button type="button" className="btn-quiet" onClick={onEdit}>
                  <Icon name="pencil" size={16} />
                  {words.edit}
                </button>
                <button type="button" className="btn-danger" onClick={() => setRemoving(true)}>
                  {words.remove}
                </button>
              </>
            )}
          </div>
        </div>
      </div>
      {sheet?.greeting && (
        <blockquote className="panel voice mt-6 p-4 whitespace-pre-wrap">{plain(sheet.greeting, name)}</blockquote>
      )}
      <MoodPanel characterId={id} name={name} />
      <Parts title={words.sections.scenes} parts={sheet?.scenes ?? []} />
      <Parts title={words.sections.endings} parts={sheet?.endings ?? []} />
      {character.own && <Versions character={character} />}
      <Confirm
        open={removing}
        title={words.removeTitle(name)}
        body={words.removeBody}
        action={words.remove}
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      />
    </article>
  )
}

function Parts({ title, parts }: { title: string; parts: readonly { id: string; title: string; text: string }[] }) {
  if (parts.length === 0) return null
  return (
    <section className="mt-6">
      <h2 className="voice text-lg font-semibold">{title}</h2>
      <ol className="mt-2 space-y-2">
        {parts.map(part => (
          <li key={part.id} className="panel p-3.5 text-sm">
            <span className="font-medium">{part.title}</span>
            <span className="mt-0.5 block text-soft">{part.text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function ExportMenu({ character }: { character: CharacterDetail }) {
  const save = async (format: 'png' | 'json' | 'charx'): Promise<void> => {
    try {
      download(await luna.characters.export(character.id, { format }), `${character.slug}.${format}`)
    } catch (error) {
      toastError(error)
    }
  }
  const actions = (['png', 'json', 'charx'] as const).map(format => ({
    icon: 'download' as const,
    label: words.exportAs[format],
    run: () => void save(format),
  }))
  return (
    <Menu label={words.export} actions={actions}>
      <button type="button" className="btn-quiet">
        <Icon name="share" size={16} />
        {words.export}
      </button>
    </Menu>
  )
}
