import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'

const words = strings.actions

interface BranchSwitchProps {
  id: string
  siblings: readonly string[]
  onSwitch(messageId: string): void
}

/** ‹ 2/3 ›: the versions of a message beside this one. */
export function BranchSwitch({ id, siblings, onSwitch }: BranchSwitchProps) {
  const at = siblings.indexOf(id)
  if (siblings.length < 2 || at === -1) return null
  const go = (step: number) => () => {
    const next = siblings[at + step]
    if (next) onSwitch(next)
  }
  return (
    <div
      role="group"
      aria-label={words.branch(at + 1, siblings.length)}
      className="flex items-center text-xs text-faint"
    >
      <button type="button" className="icon-btn-small" aria-label={words.previous} disabled={at === 0} onClick={go(-1)}>
        <Icon name="left" size={16} />
      </button>
      <span className="tabular-nums" aria-hidden="true">
        {at + 1}/{siblings.length}
      </span>
      <button
        type="button"
        className="icon-btn-small"
        aria-label={words.next}
        disabled={at === siblings.length - 1}
        onClick={go(1)}
      >
        <Icon name="right" size={16} />
      </button>
    </div>
  )
}
