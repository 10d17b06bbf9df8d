const weekdays = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|weds?|thurs?|fri|sat|sun'
const months =
  'january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec'
const units = 'day|night|week|weekend|month|year|summer|winter|spring|autumn|fall|morning|evening|afternoon|hour|minute'
const numbers = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple|few|several|dozen|twice|once'

const time = new RegExp(
  String.raw`\b(?:yesterday|today|tonight|tomorrow|recently|ago|lately|since|${weekdays}|${months}|(?:last|next|this|past|previous|coming|every|each|for|in)\s+(?:\w+\s+)?(?:${units})s?|(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)|(?:${numbers}|\d+)\s+(?:${units})s?)\b`,
  'i',
)
const number = new RegExp(String.raw`\d|\b(?:${numbers})\b`, 'i')

/** Says when something was or will be, in English. */
export const hasTime = (text: string): boolean => time.test(text)

export const hasNumber = (text: string): boolean => number.test(text)

/** Ends by asking. */
export const isQuestion = (text: string): boolean => /[?？؟]["'”’)\]]*\s*\p{Extended_Pictographic}*\s*$/u.test(text)
