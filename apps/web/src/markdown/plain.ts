/** Whether a text looks the same with and without markdown: none of its marks, no address, no line that begins a list. */
export const isPlain = (text: string): boolean =>
  !/[*_`#>|~[\]<&\\]|:\/\/|www\.|@|^\s*(?:[-+=]|\d+[.)])|^ {4}|\t/m.test(text)
