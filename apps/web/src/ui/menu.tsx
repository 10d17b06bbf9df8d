import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export interface MenuAction {
  icon: IconName
  label: string
  danger?: boolean
  run(): void
}

export function Menu({ label, actions, children }: { label: string; actions: MenuAction[]; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild aria-label={label}>
        {children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {actions.map(({ icon, label: text, danger, run }) => (
            <DropdownMenu.Item key={text} className={`menu-item ${danger ? 'text-danger' : ''}`} onSelect={run}>
              <Icon name={icon} size={18} />
              {text}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
