import { LunaError } from '@luna/contracts'
import { Unzip, UnzipInflate, type Zippable, zipSync } from 'fflate'

/** Limits of a CHARX file: what is inside may not be larger than these, whatever its head claims. */
export const charxLimits = { files: 2_000, bytes: 48 * 1024 * 1024, pushBytes: 16 * 1024 } as const

/** A path inside the archive that stays inside of it. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.length > 500 || /[\\\0:]/.test(path) || path.startsWith('/')) return false
  return path.split('/').every(part => part !== '..' && part !== '.' && part !== '')
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

/**
 * The files of a CHARX archive. Unpacked piece by piece and counted as they come, since the sizes that an archive states
 * may lie; paths that lead out of it are left out.
 * @throws LunaError `too-large` for a bomb, `invalid` for what cannot be unpacked
 */
export function readCharx(bytes: Uint8Array): { files: Map<string, Uint8Array>; warnings: string[] } {
  const files = new Map<string, Uint8Array>()
  const warnings: string[] = []
  let total = 0
  let count = 0
  const faults: LunaError[] = []
  const unzip = new Unzip(file => {
    count += 1
    if (count > charxLimits.files) faults.push(tooLarge(`more than ${charxLimits.files} files`))
    if (file.originalSize !== undefined && file.originalSize > charxLimits.bytes)
      faults.push(tooLarge(`more than ${charxLimits.bytes} bytes once unpacked`))
    if (faults.length > 0 || file.name.endsWith('/')) return
    if (!isSafePath(file.name)) {
      warnings.push('A file in the archive has a path that leads out of it; it was left out.')
      return
    }
    const parts: Uint8Array[] = []
    file.ondata = (error, data, final) => {
      if (error) {
        warnings.push('A file in the archive is damaged; what could be unpacked of it was left out.')
        return
      }
      total += data.length
      if (total > charxLimits.bytes) {
        faults.push(tooLarge(`more than ${charxLimits.bytes} bytes once unpacked`))
        file.terminate()
        return
      }
      parts.push(data.slice())
      if (final) files.set(file.name, Buffer.concat(parts))
    }
    try {
      file.start()
    } catch {
      warnings.push('A file in the archive is packed in a way that is not known; it was left out.')
    }
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length && faults.length === 0; at += charxLimits.pushBytes)
      unzip.push(bytes.subarray(at, at + charxLimits.pushBytes), at + charxLimits.pushBytes >= bytes.length)
  } catch (error) {
    if (files.size === 0 && faults.length === 0)
      throw new LunaError('invalid', 'The archive is damaged and nothing of it can be unpacked.', { cause: error })
    warnings.push('The end of the archive is damaged; what stands before it was read.')
  }
  const [fault] = faults
  if (fault) throw fault
  return { files, warnings }
}

const tooLarge = (what: string): LunaError =>
  new LunaError('too-large', `The archive holds ${what}. Take out what the character does not need.`, {
    details: { limit: charxLimits.bytes },
  })

/** Pictures and sounds are packed already; JSON is worth packing. */
export function writeCharx(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const entries: Zippable = {}
  for (const [path, data] of files)
    entries[path] = [data, { level: path.endsWith('.json') ? 6 : 0, mtime: '1980-01-02' }]
  return Buffer.from(zipSync(entries))
}
