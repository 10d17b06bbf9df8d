export const sessionCookie = 'luna_session'
export const refreshCookie = 'luna_refresh'
export const csrfCookie = 'luna_csrf'

/** Where the browser sends each: the refresh token goes to the one corner that needs it. */
export const cookiePaths = { [sessionCookie]: '/', [refreshCookie]: '/api/v1/auth', [csrfCookie]: '/' } as const
export type CookieName = keyof typeof cookiePaths

/**
 * A Set-Cookie value (RFC 6265): never readable by scripts, never sent along from another site. `value` holds base64url
 * and dots only.
 * @param seconds how long the browser keeps it; 0 takes it away
 */
export const makeCookie = (name: CookieName, value: string, seconds: number, secure: boolean): string =>
  `${name}=${value}; Path=${cookiePaths[name]}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

/** The first cookie of this name in a Cookie header. */
export function readCookie(header: string | string[] | undefined, name: CookieName): string | null {
  if (typeof header !== 'string') return null
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value) return value
  }
  return null
}
