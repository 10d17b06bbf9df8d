export interface Talk {
  readonly at: string
  readonly turns: readonly (readonly ['user' | 'assistant', string])[]
}

/** Patterns are regular expressions, without regard to case. */
export interface Check {
  readonly who: string
  /** Asked of recall; without it the list of memories is looked at. */
  readonly recall?: string
  readonly asOf?: string
  readonly first?: string
  readonly finds?: readonly string[]
  readonly never?: readonly string[]
}

export interface Suite {
  readonly name: string
  readonly people: Readonly<Record<string, readonly Talk[]>>
  /** Memories that are forgotten by hand before the checks. */
  readonly forget?: readonly { who: string; memory: string }[]
  readonly checks: readonly Check[]
}
