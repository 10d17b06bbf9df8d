/** RFC 9110 `Retry-After` (seconds or an HTTP date) and OpenAI's `retry-after-ms`, in milliseconds from `now`. */
export function retryAfterMs(header: (name: string) => string | undefined, now: Date): number | undefined {
  const precise = header('retry-after-ms')
  if (precise !== undefined && /^\d+(\.\d+)?$/.test(precise)) return Number(precise)
  const value = header('retry-after')?.trim()
  if (value === undefined || value === '') return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}
