import { type CallInput, type CallOutput, LunaError, type plugins } from '@luna/contracts'

type Definition = typeof plugins.calls.execute

/** Runs the action of an installed plugin. @throws LunaError `not-found` for any other name */
export async function execute({ name }: CallInput<Definition>): Promise<CallOutput<Definition>> {
  throw new LunaError(
    'not-found',
    `There is no tool "${name}" for this person: only the tools that plugins.tools lists can be run.`,
  )
}
