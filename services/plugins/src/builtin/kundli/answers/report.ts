import { reportHtml } from '@luna/sky'
import type { BuiltinAction } from '../../builtin.ts'
import { chartOf } from '../birth/chart-of.ts'
import { type BirthArguments, resolveBirth } from '../birth/resolve-birth.ts'
import { plain } from './markdown.ts'

/** The report of several pages, as one HTML file that prints on A4. */
export const report: BuiltinAction = async (args: BirthArguments & { style?: 'north' | 'south' }, host) => {
  const birth = await resolveBirth(args, host)
  const { name, place } = birth.profile
  const content = reportHtml({
    ...chartOf(birth),
    name,
    place,
    offset: birth.offset,
    offsetMs: birth.offsetMs,
    style: args.style ?? 'north',
    at: host.now(),
    notes: birth.notes,
  })
  return {
    text: `The kundli report of ${plain(name)} is ready: chart and navamsha, positions, houses, sixteen divisions, periods of two levels with the running third, yogas and how all was computed. It prints on A4, or into a PDF from the browser.`,
    data: { file: 'kundli.html' },
    files: [{ name: 'kundli.html', type: 'text/html; charset=utf-8', content }],
  }
}
