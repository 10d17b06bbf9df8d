/** The first line in which two texts differ, for a person who wonders why. */
export function firstDifference(before: string, now: string): string {
  const [old, fresh] = [before.split('\n'), now.split('\n')]
  const index = fresh.findIndex((line, at) => line !== old[at])
  const at = index < 0 ? fresh.length : index
  const show = (line: string | undefined) =>
    line === undefined ? 'nothing' : JSON.stringify(line.trim().slice(0, 120))
  return `line ${at + 1} has ${show(old[at])} and should have ${show(fresh[at])}`
}
