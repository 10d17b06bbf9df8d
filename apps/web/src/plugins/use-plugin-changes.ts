import type { InstallWish } from '@luna/client'
import type { ConsentDecision } from '@luna/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { toastError } from '../ui/toasts.tsx'

/** What can be changed about a plugin; what is shown follows, and every failure is said. */
export function usePluginChanges() {
  const queries = useQueryClient()
  const settled = {
    onError: toastError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['plugins'] }),
  }
  return {
    setEnabled: useMutation({
      mutationFn: ({ id, enabled }: { id: string; enabled: boolean }) => luna.plugins.setEnabled(id, enabled),
      ...settled,
    }),
    install: useMutation({
      mutationFn: ({ id, ...wish }: { id: string } & InstallWish) => luna.plugins.install(id, wish),
      ...settled,
    }),
    uninstall: useMutation({ mutationFn: (id: string) => luna.plugins.uninstall(id), ...settled }),
    consent: useMutation({
      mutationFn: ({ id, action, decision }: { id: string; action: string; decision: ConsentDecision }) =>
        luna.plugins.consent(id, action, decision),
      ...settled,
    }),
  }
}
