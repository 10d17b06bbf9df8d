import { chartFacts } from '@luna/sky'
import type { BuiltinAction } from '../../builtin.ts'
import { chartOf } from '../birth/chart-of.ts'
import { type BirthArguments, resolveBirth } from '../birth/resolve-birth.ts'

/** What a companion answers questions about a chart from. */
export const facts: BuiltinAction = async (args: BirthArguments & { question?: string }, host) => {
  const birth = await resolveBirth(args, host)
  const text = chartFacts({ ...chartOf(birth), at: host.now(), name: birth.profile.name })
  return { text: [...(args.question ? [`Asked: ${args.question}`] : []), text, ...birth.notes].join('\n') }
}
