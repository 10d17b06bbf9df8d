/** What a file's first bytes say it is; only these are ever decoded. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'

export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'image/webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif'
  return null
}

export const extensionOf = (type: ImageType): string => (type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length))
