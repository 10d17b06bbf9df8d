import type { Conversation } from '@luna/contracts'
import { MoodBadge } from '../mood/mood-badge.tsx'
import { ConversationActions } from '../shell/conversation-actions.tsx'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'

export function TalkHeader({ conversation, name = '' }: { conversation: Conversation | undefined; name?: string }) {
  const characterId = conversation?.characterIds[0]
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-3 sm:px-5">
      <DrawerButton />
      <h1 className="flex min-w-0 flex-1 items-center gap-2 px-1 font-medium">
        {conversation?.private && (
          <span className="text-faint" role="img" aria-label={strings.nav.private} title={strings.nav.private}>
            <Icon name="lock" size={16} />
          </span>
        )}
        <span className="truncate">{conversation ? conversation.title || strings.nav.untitled : ''}</span>
        {conversation?.tags.map(tag => (
          <span key={tag} className="hidden rounded-full bg-tint px-2.5 py-0.5 text-xs font-normal text-soft sm:inline">
            {tag}
          </span>
        ))}
      </h1>
      {characterId && <MoodBadge characterId={characterId} name={name} />}
      {conversation && (
        <ConversationActions conversation={conversation} open>
          <button type="button" className="icon-btn">
            <Icon name="more" />
          </button>
        </ConversationActions>
      )}
    </header>
  )
}
