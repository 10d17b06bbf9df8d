import type { ConversationState, RunningTurn } from './state.ts'
import { type VisibleItem, visibleItems } from './visible.ts'

/**
 * {@link visibleItems} that gives back the same array as long as only the text of a running turn changes, which happens
 * many times a second: a page then has nothing to draw anew but that text. One for each conversation on show.
 */
export function memoVisible(): (state: ConversationState) => readonly VisibleItem[] {
  let before: readonly unknown[] = []
  let items: readonly VisibleItem[] = []
  return state => {
    const turns = Object.values(state.running).map(facts)
    const now = [state.messages, state.leafId, state.ended, state.floating, turns.join()]
    if (now.some((part, index) => part !== before[index])) {
      before = now
      items = visibleItems(state)
    }
    return items
  }
}

const facts = ({ turnId, state, parentId }: RunningTurn): string => `${turnId} ${state} ${parentId}`
