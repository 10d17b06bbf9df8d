import { useEffect, useState } from 'react'

const minuteMs = 60_000

/** The time (ms since 1970), as of the last minute: for what is said about today, tonight and yesterday. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
