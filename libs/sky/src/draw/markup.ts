const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text that stands for itself within HTML and SVG, in attributes too. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, mark => entities[mark] ?? mark)
