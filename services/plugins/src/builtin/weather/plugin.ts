import { LunaError } from '@luna/contracts'
import { z } from 'zod'
import type { PluginHost } from '../../host/plugin-host.ts'
import type { BuiltinModule } from '../builtin.ts'

const places = z.object({
  results: z
    .array(z.object({ name: z.string(), country: z.string().optional(), latitude: z.number(), longitude: z.number() }))
    .optional(),
})
const numbers = z.array(z.number().nullable())
const report = z.object({
  current: z.object({
    temperature_2m: z.number(),
    relative_humidity_2m: z.number(),
    wind_speed_10m: z.number(),
    weather_code: z.number(),
  }),
  daily: z.object({
    time: z.array(z.string()),
    weather_code: numbers,
    temperature_2m_max: numbers,
    temperature_2m_min: numbers,
    precipitation_sum: numbers,
  }),
})

/** Weather interpretation codes of the WMO (table 4677), as Open-Meteo groups them. */
const codes: readonly [number, string][] = [
  [0, 'clear sky'],
  [1, 'mainly clear'],
  [2, 'partly cloudy'],
  [3, 'overcast'],
  [48, 'fog'],
  [57, 'drizzle'],
  [67, 'rain'],
  [77, 'snow'],
  [82, 'rain showers'],
  [86, 'snow showers'],
  [99, 'thunderstorm'],
]

const said = (code: number | null | undefined): string =>
  codes.find(([upTo]) => (code ?? 0) <= upTo)?.[1] ?? 'unsettled'

async function ask<S extends z.ZodType>(
  host: PluginHost,
  schema: S,
  url: string,
  query: Record<string, string>,
): Promise<z.output<S>> {
  const response = await host
    .fetch({ url: `${url}?${new URLSearchParams(query).toString()}` })
    .catch((error: unknown) => {
      const { code, message } = LunaError.from(error)
      if (code === 'unavailable' || code === 'timeout')
        throw new LunaError(
          'unavailable',
          `The weather needs the network, and Open-Meteo can not be reached from here. ${message}`,
        )
      throw error
    })
  try {
    if (response.status !== 200) throw new Error(String(response.status))
    return schema.parse(JSON.parse(response.text))
  } catch {
    throw new LunaError(
      'unavailable',
      `Open-Meteo gave an answer that can not be read (status ${response.status}). Try again later.`,
    )
  }
}

export const plugin: BuiltinModule = {
  actions: {
    async forecast({ place, days = 1, units = 'metric' }, host) {
      const found = await ask(host, places, 'https://geocoding-api.open-meteo.com/v1/search', {
        name: String(place),
        count: '1',
        format: 'json',
      })
      const [where] = found.results ?? []
      if (!where) throw new LunaError('not-found', `Open-Meteo knows no place "${String(place)}".`)
      const imperial = units === 'imperial'
      const { current, daily } = await ask(host, report, 'https://api.open-meteo.com/v1/forecast', {
        latitude: String(where.latitude),
        longitude: String(where.longitude),
        current: 'temperature_2m,relative_humidity_2m,wind_speed_10m,weather_code',
        daily: 'weather_code,temperature_2m_max,temperature_2m_min,precipitation_sum',
        forecast_days: String(days),
        timezone: 'auto',
        ...(imperial ? { temperature_unit: 'fahrenheit', wind_speed_unit: 'mph', precipitation_unit: 'inch' } : {}),
      })
      const degrees = imperial ? '°F' : '°C'
      const name = [where.name, where.country].filter(Boolean).join(', ')
      const lines = daily.time.map(
        (day, at) =>
          `- ${day}: ${said(daily.weather_code[at])}, ${String(daily.temperature_2m_min[at])} to ${String(daily.temperature_2m_max[at])} ${degrees}, ${String(daily.precipitation_sum[at])} ${imperial ? 'in' : 'mm'} of rain or snow`,
      )
      return {
        text: [
          `**${name}**: ${current.temperature_2m} ${degrees}, ${said(current.weather_code)}, humidity ${current.relative_humidity_2m} %, wind ${current.wind_speed_10m} ${imperial ? 'mph' : 'km/h'}.`,
          '',
          ...lines,
          '',
          'Weather data by Open-Meteo.com',
        ].join('\n'),
        data: { place: name, current, daily },
      }
    },
  },
}
