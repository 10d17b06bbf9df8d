import { Zip, ZipDeflate } from 'fflate'

export interface ZipEntry {
  name: string
  /** One JSON value a line. */
  rows: AsyncIterable<unknown> | Iterable<unknown>
}

/** A zip (PKWARE APPNOTE, deflate) of JSON Lines files, made as it is read: never in memory as a whole. */
export async function* zipJsonLines(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const archive = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const encoder = new TextEncoder()
  for (const { name, rows } of entries) {
    const file = new ZipDeflate(name, { level: 6 })
    archive.add(file)
    for await (const row of rows) {
      file.push(encoder.encode(`${JSON.stringify(row)}\n`))
      yield* ready.splice(0)
    }
    file.push(new Uint8Array(), true)
    yield* ready.splice(0)
  }
  archive.end()
  yield* ready.splice(0)
}
