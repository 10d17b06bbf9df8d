import type { Conversation } from '@luna/contracts'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { copyText } from '../ui/copy.ts'
import { Confirm, Dialog } from '../ui/dialog.tsx'
import { download, fileName } from '../ui/download.ts'
import { Menu } from '../ui/menu.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { tagsOf } from './groups.ts'
import { useConversationChanges } from './use-conversations.ts'

const words = strings.conversation

interface ActionsProps {
  conversation: Conversation
  /** Whether it is the one that is open: deleting it leads away. */
  open: boolean
  children: React.ReactNode
}

/** Everything that can be done with a whole conversation, behind one button. */
export function ConversationActions({ conversation, open, children }: ActionsProps) {
  const [dialog, setDialog] = useState<'edit' | 'delete' | 'share' | null>(null)
  const { remove } = useConversationChanges()
  const navigate = useNavigate()
  const close = () => setDialog(null)
  const title = conversation.title || strings.nav.untitled

  const save = (format: 'jsonl' | 'markdown') => (): void =>
    void luna.conversations
      .export(conversation.id, format)
      .then(blob => download(blob, fileName(title, format === 'jsonl' ? 'jsonl' : 'md')))
      .catch(toastError)

  return (
    <>
      <Menu
        label={strings.nav.menu(title)}
        actions={[
          { icon: 'pencil', label: `${words.rename}, ${words.tags.toLocaleLowerCase()}`, run: () => setDialog('edit') },
          { icon: 'share', label: words.share, run: () => setDialog('share') },
          { icon: 'download', label: words.exportMarkdown, run: save('markdown') },
          { icon: 'download', label: words.exportJsonl, run: save('jsonl') },
          { icon: 'trash', label: words.delete, danger: true, run: () => setDialog('delete') },
        ]}
      >
        {children}
      </Menu>
      <EditDialog conversation={conversation} open={dialog === 'edit'} onClose={close} />
      <ShareDialog conversation={conversation} open={dialog === 'share'} onClose={close} />
      <Confirm
        open={dialog === 'delete'}
        onClose={close}
        title={words.deleteTitle}
        body={words.deleteBody}
        action={words.delete}
        onConfirm={() => {
          void (open ? navigate({ to: '/' }) : Promise.resolve()).then(() => remove.mutate(conversation.id))
        }}
      />
    </>
  )
}

interface PartProps {
  conversation: Conversation
  open: boolean
  onClose(): void
}

function EditDialog({ conversation, open, onClose }: PartProps) {
  const { update } = useConversationChanges()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    update.mutate({
      id: conversation.id,
      title: String(form.get('title')).trim(),
      tags: tagsOf(String(form.get('tags'))),
    })
    onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title={words.rename}>
      <form className="space-y-4" onSubmit={submit}>
        <label className="block">
          <span className="mb-1.5 block text-sm font-medium">{words.title}</span>
          <input
            // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type into it.
            autoFocus
            className="field"
            name="title"
            maxLength={200}
            defaultValue={conversation.title}
          />
        </label>
        <label className="block">
          <span className="mb-1.5 block text-sm font-medium">{words.tags}</span>
          <input className="field" name="tags" defaultValue={conversation.tags.join(', ')} />
          <span className="mt-1.5 block text-xs text-faint">{words.tagsHint}</span>
        </label>
        <div className="flex justify-end gap-2">
          <button type="button" className="btn-quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="btn-primary">
            {words.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function ShareDialog({ conversation, open, onClose }: PartProps) {
  const [link, setLink] = useState<string | null>(null)
  const make = async () => {
    const { token } = await luna.conversations.share(conversation.id)
    const url = `${location.origin}/shared/${encodeURIComponent(token)}`
    setLink(url)
    await copyText(url).then(
      () => toast(words.shareCopied),
      () => undefined,
    )
  }
  const revoke = async () => {
    await luna.conversations.unshare(conversation.id)
    setLink(null)
    toast(words.shareRevoked)
  }
  return (
    <Dialog open={open} onClose={onClose} title={words.shareTitle} description={words.shareBody}>
      {link && (
        <input
          className="field mb-4 text-sm"
          readOnly
          value={link}
          aria-label={words.shareTitle}
          onFocus={event => event.target.select()}
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <button type="button" className="btn-danger" onClick={() => void revoke().catch(toastError)}>
          {words.shareRevoke}
        </button>
        <button type="button" className="btn-primary" onClick={() => void make().catch(toastError)}>
          {words.shareMake}
        </button>
      </div>
    </Dialog>
  )
}
