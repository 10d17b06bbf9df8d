import type { ContentClass, Direction } from '@luna/contracts'

/** A text with what people said of it. */
export interface Row {
  text: string
  direction: Direction
  /** Whether it is of any class at all; null: not said. */
  any: boolean | null
  /** By class; a class that is not named here is unknown. */
  labels: Partial<Record<ContentClass, boolean>>
  /** What a report groups by, such as a functionality of HateCheck. */
  group: string
}

export interface LabelledSet {
  name: string
  layout: 'openai' | 'xstest' | 'hatecheck' | 'simple-safety-tests' | 'over-refusal'
  rows: Row[]
}
