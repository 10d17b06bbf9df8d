import type { FakeAnswer, FakeModel } from '@luna/testing'

const answers = new WeakMap<FakeModel, Map<string, FakeAnswer[]>>()

/**
 * What the model says to this message, once for each answer given, the last one ever after. Calls that are not for the
 * person (titles, summaries) are left to the standing answer.
 */
export function onMessage(model: FakeModel, text: string, ...inTurn: FakeAnswer[]): void {
  const known = answers.get(model) ?? new Map<string, FakeAnswer[]>()
  if (!answers.has(model)) {
    answers.set(model, known)
    model.script(({ userText, body }) => {
      const left = body.stream ? known.get(userText) : undefined
      return left && left.length > 1 ? left.shift() : left?.[0]
    })
  }
  known.set(text, [...inTurn])
}
