/** What a browser sent along with its cookie. */
export interface CookieFacts {
  /** The request changes something. */
  change: boolean
  upgrade: boolean
  origin: string | undefined
  originAllowed: boolean
  csrfHolds: boolean
}

/**
 * Why a cookie is not enough, or null. A cookie is sent by whatever page makes the browser ask, so its page must be
 * Luna's own: a foreign Origin never is; an upgrade must name its Origin; a change must carry the CSRF token.
 */
export function refuseCookie({ change, upgrade, origin, originAllowed, csrfHolds }: CookieFacts): string | null {
  if (origin !== undefined && !originAllowed)
    return 'The request comes from a page that is not allowed to use this sign-in. Add its origin to LUNA_ORIGINS if it should be.'
  if (upgrade)
    return origin === undefined
      ? 'A socket that signs in by cookie must come from a page with an Origin. Send a token in `hello` instead.'
      : null
  if (change && !csrfHolds)
    return 'The header X-CSRF-Token is missing or does not belong to this session. Get one from GET /api/v1/auth/csrf.'
  return null
}
