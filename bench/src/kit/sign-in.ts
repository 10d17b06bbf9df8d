import { randomUUID } from 'node:crypto'

/** A new person's access token. */
export async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${randomUUID()}@bench.test`, password: `pw-${randomUUID()}`, displayName: 'Bench' }),
  })
  if (!response.ok) throw new Error(`register answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { accessToken: string }).accessToken
}
