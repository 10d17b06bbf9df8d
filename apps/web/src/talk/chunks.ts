/**
 * Cuts a list into chunks of `size` whose borders stay where they are when older items are put in front: they are
 * counted from `anchor`, an item that has been there all the time. The first and last chunk may be shorter.
 */
export function chunk<Item extends { key: string }>(
  items: readonly Item[],
  anchor: string | null,
  size: number,
): Item[][] {
  const at = Math.max(
    0,
    items.findIndex(item => item.key === anchor),
  )
  const first = at % size
  const chunks: Item[][] = first > 0 ? [items.slice(0, first)] : []
  for (let from = first; from < items.length; from += size) chunks.push(items.slice(from, from + size))
  return chunks
}
