const longest = 60

/** A name as it stands in an address or a model's name: letters of any script in lower case, joined by hyphens. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return [...plain].slice(0, longest).join('').replace(/-+$/, '') || 'character'
}

/** The first of `slug`, `slug-2`, `slug-3` … */
export const numbered = (slug: string, attempt: number): string => (attempt <= 1 ? slug : `${slug}-${attempt}`)
