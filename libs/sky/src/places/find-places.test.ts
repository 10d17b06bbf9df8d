import { describe, expect, test } from 'vitest'
import { describePlace, findPlaces } from './find-places.ts'
import { zoneAt } from './zone.ts'

const first = async (text: string) => (await findPlaces(text))[0]

describe('places', () => {
  test.each([
    ['Pune', 'Pune', 'IN', 'Asia/Kolkata'],
    ['madras', 'Chennai', 'IN', 'Asia/Kolkata'],
    ['Bombay, India', 'Mumbai', 'IN', 'Asia/Kolkata'],
    ['Prayagraj', 'Allahābād', 'IN', 'Asia/Kolkata'],
    ['sao paulo', 'São Paulo', 'BR', 'America/Sao_Paulo'],
    ['São Paulo, Brazil', 'São Paulo', 'BR', 'America/Sao_Paulo'],
    ['Springfield, IL', 'Springfield', 'US', 'America/Chicago'],
    ['London, UK', 'London', 'GB', 'Europe/London'],
    ['London, Canada', 'London', 'CA', 'America/Toronto'],
    ['New York', 'New York City', 'US', 'America/New_York'],
    ['Kathmandu', 'Kathmandu', 'NP', 'Asia/Kathmandu'],
    ['Munich, Bavaria', 'Munich', 'DE', 'Europe/Berlin'],
  ])('%s is %s in %s', async (text, name, country, zone) => {
    expect(await first(text)).toMatchObject({ name, country, zone })
  })

  test('the most populous first, and no more than asked for', async () => {
    const found = await findPlaces('Delhi', 3)
    expect(found.map(({ country }) => country)).toEqual(['IN', 'US', 'US'])
    expect(found[0]?.latitude).toBeCloseTo(28.65, 1)
  })

  test.each([
    ['18.52, 73.86', 18.52, 73.86, 'Asia/Kolkata'],
    ['33.87 S 151.21 E', -33.87, 151.21, 'Australia/Sydney'],
    ['40.7128° N, 74.006° W', 40.7128, -74.006, 'America/New_York'],
    ['-22.9,-43.2', -22.9, -43.2, 'America/Sao_Paulo'],
  ])('coordinates %s', async (text, latitude, longitude, zone) => {
    expect(await findPlaces(text)).toEqual([expect.objectContaining({ latitude, longitude, zone, country: '' })])
  })

  test('nothing for what is not there, a clear word for what can not be', async () => {
    expect(await findPlaces('Xyzzyville')).toEqual([])
    expect(await findPlaces('Pune, France')).toEqual([])
    await expect(findPlaces('  ')).rejects.toThrow(/A place is wanted/)
    await expect(findPlaces('95, 10')).rejects.toThrow(/latitude from -89 to 89/)
    expect(() => zoneAt({ latitude: Number.NaN, longitude: 0 })).toThrow(/latitude/)
  })

  test('in words', async () => {
    expect(describePlace((await first('Pune')) ?? expect.fail())).toMatch(/^Pune, IN-16 \(18\.5196 N, 73\.8554 E\)$/)
    expect(describePlace((await first('33.87 S 151.21 E')) ?? expect.fail())).toBe('33.8700 S, 151.2100 E')
  })
})
