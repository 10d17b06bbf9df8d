/** Services that must answer and have not yet, in the order they are asked. */
export const missingAnswers = (asked: readonly string[], answered: readonly string[]): string[] =>
  asked.filter(service => !answered.includes(service))
