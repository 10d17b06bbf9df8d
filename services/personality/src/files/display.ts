import { LunaError } from '@luna/contracts'
import { imageTypeOf } from '../cards/image.ts'

/** Pixels of a picture at most: what a small file may blow up to is bounded before it is decoded. */
const mostPixels = 40_000_000
const display = { width: 512, height: 768, quality: 82 } as const

/** The picture decoded and written anew as WebP, without a word of its metadata. Only known types are ever decoded. */
export async function toDisplay(bytes: Uint8Array): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return decode(bytes, () =>
    sharp(bytes, { limitInputPixels: mostPixels, failOn: 'none', pages: 1 })
      .rotate()
      .resize({ width: display.width, height: display.height, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: display.quality })
      .toBuffer(),
  )
}

/** As a PNG, which has the place for a card. */
export async function toPng(bytes: Uint8Array): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return decode(bytes, () =>
    sharp(bytes, { limitInputPixels: mostPixels, failOn: 'none', pages: 1 }).rotate().png().toBuffer(),
  )
}

async function decode(bytes: Uint8Array, work: () => Promise<Buffer>): Promise<Buffer> {
  if (!imageTypeOf(bytes))
    throw new LunaError('invalid', 'This is no picture that can be shown: bring PNG, JPEG, WebP or GIF.')
  try {
    return await work()
  } catch (error) {
    throw new LunaError(
      'invalid',
      'The picture is damaged or too large to be decoded. Save it anew with a picture program.',
      {
        cause: error,
      },
    )
  }
}
