import { LunaError } from '@luna/contracts'

export interface S3Place {
  bucket: string
  /** Empty or ending with `/`. */
  prefix: string
  region: string
  /** Null: AWS. */
  endpoint: string | null
  /** Null: the SDK's own chain (role of the machine, environment). */
  credentials: { accessKeyId: string; secretAccessKey: string } | null
}

const form = 's3://key:secret@host:9000/bucket/prefix?region=eu-central-1&tls=true'

/**
 * S3_URL: `s3://key:secret@host:9000/bucket/prefix?region=..&tls=..`. Key and secret are percent-encoded; without them the
 * SDK looks for credentials itself. Without a host (`s3:///bucket?region=..`) it is AWS. `tls` is true unless said.
 * @throws LunaError `invalid`, without the secret
 */
export function parseS3Url(text: string): S3Place {
  const match = /^s3:\/\/(?:([^/@]*)@)?([^/?#]*)\/([^?#]*)(?:\?(.*))?$/.exec(text.trim())
  if (!match) throw bad('it does not have the form')
  const [, user, host = '', path = '', query = ''] = match
  const [bucket = '', ...rest] = path.split('/').filter(Boolean)
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw bad('the bucket is missing or not a bucket name')
  const settings = new URLSearchParams(query)
  for (const name of settings.keys())
    if (name !== 'region' && name !== 'tls') throw bad(`it knows no setting "${name}"`)
  const tls = settings.get('tls') ?? 'true'
  if (tls !== 'true' && tls !== 'false') throw bad('tls is true or false')
  return {
    bucket,
    prefix: rest.map(part => `${part}/`).join(''),
    region: settings.get('region') ?? 'us-east-1',
    endpoint: host ? endpointOf(tls === 'true' ? 'https' : 'http', host) : null,
    credentials: user ? credentialsOf(user) : null,
  }
}

function endpointOf(protocol: string, host: string): string {
  try {
    return new URL(`${protocol}://${host}`).origin
  } catch {
    throw bad('host or port is not one')
  }
}

function credentialsOf(user: string): S3Place['credentials'] {
  const colon = user.indexOf(':')
  if (colon < 1 || colon === user.length - 1) throw bad('key and secret both stand before the @')
  try {
    return {
      accessKeyId: decodeURIComponent(user.slice(0, colon)),
      secretAccessKey: decodeURIComponent(user.slice(colon + 1)),
    }
  } catch {
    throw bad('key and secret must be percent-encoded')
  }
}

const bad = (why: string): LunaError => new LunaError('invalid', `S3_URL: ${why}. Expected ${form}`)
