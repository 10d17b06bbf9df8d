import type { CallOutput, plugins } from '@luna/contracts'

/** The tools that a character may use for a person: those of installed plugins, and there are none. */
export async function tools(): Promise<CallOutput<typeof plugins.calls.tools>> {
  return { tools: [] }
}
