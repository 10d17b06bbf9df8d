import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { strings } from '../strings.ts'
import { Icon } from './icon.tsx'

interface DialogProps {
  open: boolean
  onClose(): void
  title: string
  description?: string
  wide?: boolean
  children: ReactNode
}

/** The backdrop is a plain element: Radix's own would add a style element, which the policy of the page forbids. */
export const Backdrop = () => <div className="fixed inset-0 z-40 bg-[#17101f]/45" />

export function Dialog({ open, onClose, title, description, wide, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={next => next || onClose()}>
      <Radix.Portal>
        <Backdrop />
        <Radix.Content
          className={`panel shadow-soft rise fixed top-[8vh] left-1/2 z-50 max-h-[84vh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto p-6 ${wide ? 'max-w-2xl' : 'max-w-md'}`}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="mb-3 flex items-start justify-between gap-4">
            <Radix.Title className="voice text-xl font-semibold">{title}</Radix.Title>
            <Radix.Close className="icon-btn -mt-1 -mr-2" aria-label={strings.nav.close}>
              <Icon name="close" />
            </Radix.Close>
          </div>
          {description && <Radix.Description className="mb-4 text-sm text-soft">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface ConfirmProps {
  open: boolean
  title: string
  body: string
  action: string
  onConfirm(): void
  onClose(): void
}

export function Confirm({ open, title, body, action, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title} description={body}>
      <div className="flex justify-end gap-2">
        <button type="button" className="btn-quiet" onClick={onClose}>
          {strings.conversation.cancel}
        </button>
        <button
          type="button"
          className="btn-danger"
          onClick={() => {
            onConfirm()
            onClose()
          }}
        >
          {action}
        </button>
      </div>
    </Dialog>
  )
}
