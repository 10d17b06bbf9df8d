import { strings } from '../strings.ts'
import { Confirm } from '../ui/dialog.tsx'

export function RemoveDialog(props: { onClose(): void; onConfirm(): void }) {
  const words = strings.actions
  return (
    <Confirm open {...props} title={words.removeTitle} body={words.removeBody} action={strings.conversation.delete} />
  )
}
