/** The text as it is shown: the source with some spans replaced, released piece by piece, and sometimes taken back. */
export class ShownText {
  readonly #marker: string
  #source = ''
  /** The source from #released on, apart: cutting it does not touch the long text before. */
  #tail = ''
  #edits: [number, number][] = []
  #released = 0
  #shown = 0

  constructor(marker: string) {
    this.#marker = marker
  }

  get source(): string {
    return this.#source
  }

  append(text: string): void {
    this.#source += text
    this.#tail += text
  }

  /**
   * Replaces a span, merged with those it overlaps, by one marker.
   * @returns the length that the shown text goes back to, or null when nothing of it was shown
   */
  edit(start: number, end: number): number | null {
    const merged: [number, number] = [start, end]
    const apart: [number, number][] = []
    for (const edit of this.#edits) {
      if (edit[0] < merged[1] && merged[0] < edit[1]) {
        merged[0] = Math.min(merged[0], edit[0])
        merged[1] = Math.max(merged[1], edit[1])
      } else apart.push(edit)
    }
    const back = merged[0] < this.#released ? this.takeBack(merged[0]) : null
    this.#edits = [...apart, merged].toSorted((a, b) => a[0] - b[0])
    return back
  }

  /** Takes back what was shown from a source offset on. @returns the length that stays, or null when nothing was shown beyond */
  takeBack(from: number): number | null {
    if (from >= this.#released) return null
    this.#released = from
    this.#tail = this.#source.slice(from)
    this.#shown = this.#render(0, from).length
    return this.#shown
  }

  /** Shows the source up to an offset, or up to the span that it lies in. */
  release(upTo: number): string {
    const inside = this.#edits.find(([start, end]) => start < upTo && upTo < end)
    const to = inside ? inside[0] : upTo
    if (to <= this.#released) return ''
    const count = to - this.#released
    const text = this.#edits.length > 0 ? this.#render(this.#released, to) : this.#tail.slice(0, count)
    this.#tail = this.#tail.slice(count)
    this.#released = to
    this.#shown += text.length
    return text
  }

  #render(from: number, to: number): string {
    let text = ''
    let at = from
    for (const [start, end] of this.#edits) {
      if (end <= from || start >= to) continue
      text += this.#source.slice(at, start) + this.#marker
      at = end
    }
    return at < to ? text + this.#source.slice(at, to) : text
  }
}
