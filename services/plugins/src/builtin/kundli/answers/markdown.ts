/** A text of a person within Markdown: nothing in it becomes a mark, a link or a line of its own. */
export const plain = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]()#+!|<>~]/g, mark => `\\${mark}`)
