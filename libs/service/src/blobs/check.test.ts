import { describe, expect, it } from 'vitest'
import { checkDeletable, checkKey, checkPrefix, checkType } from './check.ts'
import { parseS3Url } from './s3-url.ts'

const bad = [
  '',
  '/',
  '/etc/passwd',
  '..',
  '../x',
  'a/../b',
  'a/..',
  './a',
  'a//b',
  'a/',
  'A',
  'a b',
  'a\\b',
  'a%2e',
  'a\0',
  'ä',
  '.hidden',
  '~tmp',
  'c:',
  '-x',
  'a/~blob',
  'a'.repeat(129),
  Array.from({ length: 260 }, () => 'a').join('/'),
]

describe('blob keys', () => {
  it.each(bad)('refuse %j', key => expect(() => checkKey(key)).toThrow(/Not a blob key/))
  it.each(['a', 'avatars/0190-x/1.png', '2026/11/a_b'])('take %j', key => expect(checkKey(key)).toBe(key))
  it('have prefixes that end at a slash', () => {
    expect(checkPrefix('')).toBe('')
    expect(checkPrefix('a/1/')).toBe('a/1/')
    expect(() => checkPrefix('a/1')).toThrow(/ends with/)
    expect(() => checkPrefix('../')).toThrow(/Not a blob key/)
    expect(() => checkDeletable('')).toThrow(/needs a prefix/)
  })
  it('have media types', () => {
    expect(checkType('text/plain; charset=utf-8')).toContain('text/plain')
    for (const type of ['', 'png', 'a/b\nX: y', 'a/b; c']) expect(() => checkType(type)).toThrow(/media type/)
  })
})

describe('S3_URL', () => {
  it('is read whole', () => {
    expect(parseS3Url('s3://key:se%2Fcret@host:9000/bucket/in/side?region=eu-west-1&tls=false')).toEqual({
      bucket: 'bucket',
      prefix: 'in/side/',
      region: 'eu-west-1',
      endpoint: 'http://host:9000',
      credentials: { accessKeyId: 'key', secretAccessKey: 'se/cret' },
    })
    expect(parseS3Url('s3:///bucket')).toEqual({
      bucket: 'bucket',
      prefix: '',
      region: 'us-east-1',
      endpoint: null,
      credentials: null,
    })
  })

  it.each([
    ['https://host/bucket', /does not have the form/],
    ['s3://hushhush@host/bucket', /key and secret both/],
    ['s3://k:hushhush@host/', /bucket/],
    ['s3://k:hushhush@host/bucket?tsl=false', /no setting "tsl"/],
    ['s3://k:hushhush@host/bucket?tls=no', /tls is true or false/],
    ['s3://k:hush%zz@host/bucket', /percent-encoded/],
    ['s3://k:hushhush@ho st/bucket', /host or port/],
  ])('%s is refused without showing the secret', (url, message) => {
    expect(() => parseS3Url(url)).toThrow(message)
    expect(() => parseS3Url(url)).not.toThrow(/hush/)
  })
})
