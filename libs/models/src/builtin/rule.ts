/** One rule of the responder's script. The first rule whose pattern fits the person's words answers. */
export interface Rule {
  /** Names the rule in tests. */
  name: string
  /** Tried against the normalised sentence (see normalise.ts). */
  pattern: RegExp
  /** Used in turn, each time the rule comes up again. `$1` is the first group, turned round (see reflect.ts). */
  answers: readonly string[]
  /** What is remembered of the match, to come back to when nothing else fits. */
  remembers?: string
}
