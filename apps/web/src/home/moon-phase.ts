/** Days from new moon to new moon, on average (Meeus, Astronomical Algorithms, ch. 49). */
const synodicDays = 29.530588861
/** A new moon: 2000-01-06 18:14 UTC. */
const newMoonMs = Date.UTC(2000, 0, 6, 18, 14)

export interface MoonPhase {
  /** 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter. */
  age: number
  /** Which of the eight names, 0 new moon to 7 waning crescent. */
  index: number
}

/** The mean phase of the moon at a time; within about 14 hours of the true one, which the eye cannot tell. */
export function moonPhase(atMs: number): MoonPhase {
  const months = (atMs - newMoonMs) / 86_400_000 / synodicDays
  const age = months - Math.floor(months)
  return { age, index: Math.floor(age * 8 + 0.5) % 8 }
}

/**
 * The lit part of a disc of radius `r` around (0, 0) as an SVG path: half of the rim, and back along the terminator, a
 * half-ellipse. Waxing is lit on the right, as seen from the north.
 */
export function litPath(age: number, r: number): string {
  const terminator = Math.abs(Math.cos(2 * Math.PI * age)) * r
  const waxing = age < 0.5
  const gibbous = age > 0.25 && age < 0.75
  const rim = waxing ? 1 : 0
  const back = gibbous === waxing ? 1 : 0
  return `M0 ${-r}A${r} ${r} 0 0 ${rim} 0 ${r}A${terminator.toFixed(3)} ${r} 0 0 ${back} 0 ${-r}Z`
}
