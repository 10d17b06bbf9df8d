/** 1956-03-21 0h TT in days of TT from J2000.0. */
const epoch = 2435553.5 - 2451545

/**
 * The mean Lahiri ayanamsa at the epoch. The Indian Calendar Reform Committee (Report, 1955) set the true value to
 * 23°15′00″; the Indian Astronomical Ephemeris 1989, p. 556, gives 23°15′00.658″, of which 16.769″ is nutation.
 */
const atEpoch = 23.250182778 - 0.004658035

/**
 * General precession in longitude since J2000.0, IAU 2006: Capitaine, Wallace and Chapront, Astronomy & Astrophysics 412
 * (2003), 567, table 1. In degrees; `days` of TT from J2000.0.
 */
function precession(days: number): number {
  const t = days / 36525
  return (((-0.000023857 * t + 0.00007964) * t + 1.1054348) * t + 5028.796195) * (t / 3600)
}

/**
 * The Lahiri (Chitrapaksha) ayanamsa without nutation: how far the start of the sidereal zodiac lies behind the mean
 * equinox of date, in degrees. 23.857° at J2000.0, growing by some 50.3″ a year.
 */
export const lahiriAyanamsa = (days: number): number => atEpoch + precession(days) - precession(epoch)
