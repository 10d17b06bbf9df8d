interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

type Read<P> = (cursor: string | undefined) => Promise<P>

/**
 * All items of a paged call. The first page is asked for at once, so that a service that is away is an error before the
 * first byte of an answer, and no export looks whole that is not.
 */
export async function openItems<Item>(read: Read<Page<Item>>): Promise<AsyncIterable<Item>> {
  const first = await read(undefined)
  return (async function* () {
    for (let page = first; ; page = await read(page.nextCursor)) {
      yield* page.items
      if (page.nextCursor === null) return
    }
  })()
}

export const openPages = <Row>(read: Read<{ rows: Row[]; nextCursor: string | null }>): Promise<AsyncIterable<Row>> =>
  openItems(async cursor => {
    const { rows, nextCursor } = await read(cursor)
    return { items: rows, nextCursor }
  })
