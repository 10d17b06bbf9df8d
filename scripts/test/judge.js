/** The only suites that may be skipped where CI is set: their servers cannot be had everywhere. */
const mayBeAbsent = /^needs-(?:qdrant|docker)\b/

/**
 * What to say of a run, and whether it is good. A suite that could not be loaded counts as one failure; a run without a
 * single test is none.
 * @param {{ passed: number, failed: number, skipped: { file: string, name: string, reason: string }[], broken: string[] }} summary
 * @param {{ ci: boolean }} options
 */
export function judge({ passed, failed, skipped, broken }, { ci }) {
  const refused = ci ? skipped.filter(({ name }) => !mayBeAbsent.test(name)) : []
  const failures = failed + broken.length + refused.length
  const lines = [
    ...broken.map(what => `  broken   ${what}`),
    ...skipped.map(each => {
      const verdict = refused.includes(each) ? 'refused' : 'skipped'
      return `  ${verdict}  ${each.file} > ${each.name}${each.reason && !each.name.includes(each.reason) ? ` (${each.reason})` : ''}`
    }),
  ]
  if (refused.length > 0) lines.push('  CI may skip only the suites needs-qdrant and needs-docker.')
  const ran = passed + failed > 0
  if (!ran) lines.push('  No test ran.')
  lines.push(
    `${passed} passed, ${failures + (ran || failures > 0 ? 0 : 1)} failed, ${skipped.length - refused.length} skipped`,
  )
  return { lines, isGood: ran && failures === 0 }
}
