import { escaped } from '../draw/markup.ts'

/** A table that says what its columns and rows are; the first cell of a row is its head. */
export const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><caption>${escaped(caption)}</caption><thead><tr>${head
    .map(cell => `<th scope="col">${escaped(cell)}</th>`)
    .join('')}</tr></thead><tbody>${rows
    .map(
      row =>
        `<tr>${row.map((cell, index) => (index === 0 ? `<th scope="row">${escaped(cell)}</th>` : `<td>${escaped(cell)}</td>`)).join('')}</tr>`,
    )
    .join('')}</tbody></table>`

/** A section under a heading, on a sheet of its own when printed; `content` is markup. */
export const page = (heading: string, ...content: string[]): string =>
  `<section><h2>${escaped(heading)}</h2>${content.join('')}</section>`
