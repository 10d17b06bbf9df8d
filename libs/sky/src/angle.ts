export const radians = (degrees: number): number => (degrees * Math.PI) / 180
export const degrees = (radian: number): number => (radian * 180) / Math.PI

/** The same direction in [0, 360). */
export function normalize(angle: number): number {
  const rest = angle % 360
  return rest < 0 ? (rest + 360) % 360 : rest + 0
}

/** The shorter way from one direction to another, in (-180, 180] degrees, positive with growing longitude. */
export function arc(from: number, to: number): number {
  const way = normalize(to - from)
  return way > 180 ? way - 360 : way
}

/** `12°34′56″`, rounded down so that 29°59′59.9″ never shows as the next sign. */
export function sexagesimal(angle: number): string {
  const seconds = Math.floor(Math.abs(angle) * 3600 + 1e-6)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${angle < 0 ? '-' : ''}${Math.floor(seconds / 3600)}°${two(Math.floor(seconds / 60) % 60)}′${two(seconds % 60)}″`
}
