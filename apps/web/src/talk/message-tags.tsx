import type { Message } from '@luna/contracts'
import { type FormEvent, useState } from 'react'
import { tagsOf } from '../shell/groups.ts'
import { strings } from '../strings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { useTalk } from './talk-actions.ts'

const words = strings.actions

/** Opens the tags of a message to be changed. */
export function TagButton({ message }: { message: Message }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="icon-btn-small"
        aria-label={words.tag}
        title={words.tag}
        onClick={() => setOpen(true)}
      >
        <Icon name="tag" size={16} />
      </button>
      {open && <TagDialog message={message} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The tags that a message has. */
export function MessageTags({ tags, end = false }: { tags: readonly string[]; end?: boolean }) {
  if (tags.length === 0) return null
  return (
    <ul
      aria-label={words.tags}
      className={`mt-1.5 flex flex-wrap gap-1.5 text-xs text-soft ${end ? 'justify-end' : ''}`}
    >
      {tags.map(tag => (
        <li key={tag} className="rounded-full bg-tint px-2 py-0.5">
          {tag}
        </li>
      ))}
    </ul>
  )
}

function TagDialog({ message, onClose }: { message: Message; onClose(): void }) {
  const talk = useTalk()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    talk.tag(message, tagsOf(String(new FormData(event.currentTarget).get('tags'))))
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title={words.tag}>
      <form className="space-y-4" onSubmit={submit}>
        <label className="block">
          <span className="mb-1.5 block text-sm font-medium">{words.tags}</span>
          <input
            // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type into it.
            autoFocus
            className="field"
            name="tags"
            defaultValue={message.tags.join(', ')}
          />
          <span className="mt-1.5 block text-xs text-faint">{strings.conversation.tagsHint}</span>
        </label>
        <div className="flex justify-end gap-2">
          <button type="button" className="btn-quiet" onClick={onClose}>
            {strings.conversation.cancel}
          </button>
          <button type="submit" className="btn-primary">
            {strings.conversation.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
