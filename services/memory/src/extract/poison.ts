/** Orders to the machine that are dressed as something to remember. Nothing with one of them is learned. */
const orders =
  /\b(?:every|all|any|other)\s+(?:users?|persons?|people'?s?\s+memor|accounts?|customers?)\b|\b(?:ignore|disregard|override)\b.{0,40}\b(?:instruction|rule|prompt|previous|above)|\bsystem\s*prompt\b|\byou\s+(?:must|shall|have\s+to)\s+(?:always|never)\b|\bfrom\s+now\s+on\s+you\b|<\/?(?:system|remembered|assistant|turns?)>|\b(?:as|act)\s+(?:the\s+)?(?:admin|developer|system)\b/i

export const isPoison = (text: string): boolean => orders.test(text)
