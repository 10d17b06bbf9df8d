import { useLive, useValue } from '../live/live.ts'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'

/** What the server wants known: that this is an AI, that a break would do good, that something runs at half strength. */
export function Notices() {
  const live = useLive()
  const notices = useValue(live.notices)
  return (
    <div role="status" className="space-y-2">
      {notices.map(({ id, text }) => (
        <div
          key={id}
          className="rise flex items-center justify-between gap-3 rounded-xl bg-tint py-1.5 pr-1.5 pl-4 text-sm text-soft"
        >
          {text}
          <button
            type="button"
            className="icon-btn-small"
            aria-label={strings.notices.dismiss}
            onClick={() => live.notices.set(live.notices.now.filter(notice => notice.id !== id))}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  )
}
