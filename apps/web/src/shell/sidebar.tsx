import type { Conversation } from '@luna/contracts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ReviewLink } from '../moderation/review-link.tsx'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { Logo } from '../ui/logo.tsx'
import { useNow } from '../ui/use-now.ts'
import { ConversationActions } from './conversation-actions.tsx'
import { groupByAge, matches } from './groups.ts'
import { useConversations } from './use-conversations.ts'

interface SidebarProps {
  onSearch(): void
  /** Called when something was chosen, so that a drawer can close. */
  onChoose(): void
}

export function Sidebar({ onSearch, onChoose }: SidebarProps) {
  const [typed, setTyped] = useState('')
  const { conversations, isPending, hasNextPage, fetchNextPage } = useConversations()
  const openId = useParams({ strict: false }).conversationId
  const shown = conversations.filter(conversation => matches(conversation, typed.trim()))
  const now = useNow()
  const words = strings.nav

  return (
    <div className="flex h-full flex-col gap-3 p-3">
      <div className="flex items-center justify-between px-1.5 pt-1">
        <Link to="/" onClick={onChoose} className="flex items-center gap-2.5 rounded-lg">
          <Logo size={30} />
          <span className="voice text-[1.4rem] leading-none font-semibold tracking-tight">{strings.app.name}</span>
        </Link>
        <button
          type="button"
          className="icon-btn"
          aria-label={words.search}
          title={`${words.search} (Ctrl K)`}
          onClick={onSearch}
        >
          <Icon name="search" />
        </button>
      </div>
      <Link to="/" onClick={onChoose} className="btn-primary w-full py-2.5" title="Ctrl Shift O">
        <Icon name="plus" size={18} />
        {words.newTalk}
      </Link>
      <input
        type="search"
        className="field rounded-full border-line py-2 text-sm"
        aria-label={words.filter}
        placeholder={words.filter}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      <nav aria-label={words.conversations} className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
        {groupByAge(shown, now).map(([name, members]) => (
          <section key={name} className="mb-4">
            <h2 className="px-2.5 pb-1 text-xs font-semibold tracking-wide text-faint">{words.groups[name]}</h2>
            <ul>
              {members.map(conversation => (
                <Row
                  key={conversation.id}
                  conversation={conversation}
                  open={conversation.id === openId}
                  onChoose={onChoose}
                />
              ))}
            </ul>
          </section>
        ))}
        {!isPending && shown.length === 0 && (
          <p className="px-2.5 py-6 text-sm text-faint">{typed ? words.noMatch : words.none}</p>
        )}
        {hasNextPage && (
          <button type="button" className="btn-quiet w-full" onClick={() => void fetchNextPage()}>
            {words.more}
          </button>
        )}
      </nav>
      <Link
        to="/characters"
        onClick={onChoose}
        className="flex items-center gap-2.5 rounded-xl px-2.5 py-2 text-sm text-soft transition-colors hover:bg-tint hover:text-ink aria-[current=page]:bg-tint"
      >
        <Icon name="heart" size={18} />
        {strings.characters.nav}
      </Link>
      <ReviewLink onChoose={onChoose} />
      <Link
        to="/memory"
        onClick={onChoose}
        className="flex items-center gap-2.5 rounded-xl px-2.5 py-2 text-sm text-soft transition-colors hover:bg-tint hover:text-ink aria-[current=page]:bg-tint"
      >
        <Icon name="spark" size={18} />
        {strings.memory.nav}
      </Link>
      <Link
        to="/plugins"
        onClick={onChoose}
        className="flex items-center gap-2.5 rounded-xl px-2.5 py-2 text-sm text-soft transition-colors hover:bg-tint hover:text-ink aria-[current=page]:bg-tint"
      >
        <Icon name="spark" size={18} />
        {strings.plugins.nav}
      </Link>
      <Link
        to="/settings"
        onClick={onChoose}
        className="flex items-center gap-2.5 rounded-xl px-2.5 py-2 text-sm text-soft transition-colors hover:bg-tint hover:text-ink aria-[current=page]:bg-tint"
      >
        <Icon name="gear" size={18} />
        {words.settings}
      </Link>
    </div>
  )
}

function Row({ conversation, open, onChoose }: { conversation: Conversation; open: boolean; onChoose(): void }) {
  const title = conversation.title || strings.nav.untitled
  return (
    <li
      className={`group relative flex items-center rounded-xl transition-colors hover:bg-tint ${open ? 'bg-tint' : ''}`}
    >
      <Link
        to="/c/$conversationId"
        params={{ conversationId: conversation.id }}
        onClick={onChoose}
        className="min-w-0 flex-1 rounded-xl py-2 pr-1 pl-2.5 text-[0.92rem]"
      >
        <span className="flex items-center gap-1.5">
          {conversation.private && (
            <span className="text-faint" role="img" aria-label={strings.nav.private}>
              <Icon name="lock" size={14} />
            </span>
          )}
          <span className={`truncate ${open ? 'font-medium' : ''}`}>{title}</span>
        </span>
        {conversation.tags.length > 0 && (
          <span className="mt-0.5 block truncate text-xs text-faint">{conversation.tags.join(' · ')}</span>
        )}
      </Link>
      <ConversationActions conversation={conversation} open={open}>
        <button
          type="button"
          className={`icon-btn-small mr-1 focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100 ${open ? '' : 'opacity-0'}`}
        >
          <Icon name="more" size={18} />
        </button>
      </ConversationActions>
    </li>
  )
}
