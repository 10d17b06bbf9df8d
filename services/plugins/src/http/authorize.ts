import { type HttpAuth, LunaError } from '@luna/contracts'
import type { Values } from './template.ts'
import type { Tokens } from './tokens.ts'

interface Outgoing {
  url: URL
  headers: Record<string, string>
}

/** Puts the credentials of an action into its request. */
export async function authorize(
  auth: HttpAuth,
  { url, headers }: Outgoing,
  values: Values,
  tokens: Tokens,
): Promise<void> {
  switch (auth.type) {
    case 'none':
      return
    case 'api-key': {
      const secret = await values.secret(auth.secret)
      if (auth.in === 'query') url.searchParams.set(auth.name, secret)
      else headers[auth.name] = secret
      return
    }
    case 'bearer':
      headers['authorization'] = `Bearer ${await values.secret(auth.secret)}`
      return
    case 'basic': {
      const pair = `${await values.secret(auth.username)}:${await values.secret(auth.password)}`
      headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`
      return
    }
    default: {
      const token = await tokens.of(auth)
      if (token === null)
        throw new LunaError('unauthorized', 'Sign in to this plugin first: it needs an account at another site.')
      headers['authorization'] = `Bearer ${token}`
    }
  }
}
