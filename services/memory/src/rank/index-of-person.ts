import type { Document } from './document.ts'

interface Posting {
  readonly places: number[]
  readonly counts: number[]
}

interface Session {
  readonly place: number
  words: number
  documents: number
}

/**
 * Everything of one person that may be recalled, as an inverted index in memory: terms, no texts. A document that
 * changes is put in again under a new place; the old place is dead. Places are never used twice.
 */
export class PersonIndex {
  readonly documents: (Document | null)[] = []
  readonly previous: number[] = []
  readonly next: number[] = []
  readonly sessionOf: number[] = []
  /** Words of each document; 0 where the place is dead. */
  readonly lengths: number[] = []
  readonly sessions: Session[] = []
  /** Ids of documents that are recalled whatever is asked. */
  readonly pinned = new Set<string>()
  readonly #places = new Map<string, number>()
  readonly #postings = new Map<string, Posting>()
  readonly #sessions = new Map<string, Session>()
  /** Turns whose parent came later. */
  readonly #waiting = new Map<string, number[]>()
  #words = 0
  #alive = 0

  get size(): number {
    return this.#alive
  }

  /** Dead places weigh as much as living ones: who finds too many builds the index anew. */
  get wasted(): number {
    return this.documents.length - this.#alive
  }

  get averageWords(): number {
    return this.#alive === 0 ? 1 : Math.max(1, this.#words / this.#alive)
  }

  get averageSessionWords(): number {
    const words = this.sessions.reduce((sum, session) => sum + session.words, 0)
    return this.sessions.length === 0 ? 1 : Math.max(1, words / this.sessions.length)
  }

  placeOf(id: string): number | undefined {
    return this.#places.get(id)
  }

  postings(term: string): Posting | undefined {
    return this.#postings.get(term)
  }

  put(document: Document): void {
    this.remove(document.id)
    const place = this.documents.length
    this.documents.push(document)
    this.lengths.push(Math.max(1, document.terms.length))
    this.#places.set(document.id, place)
    if (document.pinned) this.pinned.add(document.id)
    // A memory stands alone: it has no session to speak for it.
    const session = document.kind === 'episode' ? this.#session(document.session) : null
    if (session) {
      session.words += document.terms.length
      session.documents += 1
    }
    this.sessionOf.push(session?.place ?? -1)
    this.#words += document.terms.length
    this.#alive += 1
    const counts = new Map<string, number>()
    for (const term of document.terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, count] of counts) {
      const posting = this.#postings.get(term)
      if (posting) {
        posting.places.push(place)
        posting.counts.push(count)
      } else this.#postings.set(term, { places: [place], counts: [count] })
    }
    this.#link(document, place)
  }

  remove(id: string): void {
    const place = this.#places.get(id)
    const document = place === undefined ? null : this.documents[place]
    if (place === undefined || !document) return
    this.#places.delete(id)
    this.pinned.delete(id)
    this.documents[place] = null
    this.lengths[place] = 0
    this.#words -= document.terms.length
    this.#alive -= 1
    const session = this.#sessions.get(document.session)
    if (session) {
      session.words -= document.terms.length
      session.documents -= 1
    }
    const [before = -1, after = -1] = [this.previous[place], this.next[place]]
    if (before >= 0 && this.next[before] === place) this.next[before] = -1
    if (after >= 0) {
      this.previous[after] = -1
      const waits = this.#waiting.get(id) ?? []
      this.#waiting.set(id, [...waits, after])
    }
  }

  #session(id: string): Session {
    const known = this.#sessions.get(id)
    if (known) return known
    const session: Session = { place: this.sessions.length, words: 0, documents: 0 }
    this.#sessions.set(id, session)
    this.sessions.push(session)
    return session
  }

  #link({ id, parentId }: Document, place: number): void {
    this.previous.push(-1)
    this.next.push(-1)
    if (parentId !== null) {
      const before = this.#places.get(parentId)
      if (before === undefined) this.#waiting.set(parentId, [...(this.#waiting.get(parentId) ?? []), place])
      else {
        this.previous[place] = before
        this.next[before] = place
      }
    }
    for (const after of this.#waiting.get(id) ?? []) {
      if (!this.documents[after]) continue
      this.previous[after] = place
      this.next[place] = after
    }
    this.#waiting.delete(id)
  }
}
