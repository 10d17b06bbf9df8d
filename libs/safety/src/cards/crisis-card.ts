import type { SafetyCard } from '@luna/contracts'
import type { Language } from '../crisis/rule.ts'
import { directory, homeOf, type Region, regions } from './resources.ts'
import { type CardText, cardTexts } from './texts.ts'

export interface CardChoice {
  /** BCP 47 tags in order of preference, or a whole Accept-Language header. */
  locale?: string | undefined
  /** What the text is written in, such as `CrisisAssessment.language`. */
  textLanguage?: Language | null | undefined
}

/**
 * The card for a person in crisis: in the language that they wrote, with the lines of the region that their settings name.
 * Pure data: it needs neither model nor network. Every card ends with a directory for all countries; for an unknown region
 * that is all it has, beside emergency numbers, since a line of the wrong country does not help.
 */
export function crisisCard({ locale, textLanguage }: CardChoice = {}): SafetyCard {
  const wanted = parseLocales(locale)
  const language = textLanguage ?? wanted.map(tag => tag.language).find(isLanguage) ?? 'en'
  const found =
    wanted.flatMap(tag => tag.region ?? []).find(name => name in regions) ??
    homeOf[wanted[0]?.language ?? language] ??
    null
  const region: Region | undefined = found ? regions[found] : undefined
  const text: CardText = cardTexts[language]
  return {
    id: `crisis-${language}-${found ?? '001'}`,
    locale: found ? `${language}-${found}` : language,
    title: text.title,
    body: region ? text.body.replace('{emergency}', region.emergency) : text.bodyAnywhere,
    resources: [...(region?.resources ?? []), directory].map(resource => ({ ...resource })),
  }
}

/** The card where only text goes: SSE, /v1, channels. */
export function cardAsText(card: SafetyCard): string {
  const lines = card.resources.map(({ name, contact, hours, url }) => {
    const details = [contact, hours, url].filter(part => part !== undefined && part !== '')
    return `- ${name}: ${details.join(' · ')}`
  })
  return [card.title, '', card.body, '', ...lines].join('\n')
}

interface Locale {
  language: string
  region: string | null
  weight: number
}

const longestHeader = 500

/** RFC 9110 section 12.5.4, tolerant: what is not understood is left out. */
function parseLocales(header = ''): Locale[] {
  return header
    .slice(0, longestHeader)
    .split(',')
    .flatMap(part => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const match = /^([a-z]{2,3})(?:[-_][A-Z][a-z]{3})?(?:[-_]([a-z]{2}))?(?:[-_].*)?$/i.exec(tag.trim())
      const quality = parameters.map(one => /^\s*q=([\d.]+)/.exec(one)?.[1]).find(Boolean)
      const weight = quality === undefined ? 1 : Number(quality)
      if (!match?.[1] || !(weight > 0)) return []
      return [{ language: match[1].toLowerCase(), region: match[2]?.toUpperCase() ?? null, weight }]
    })
    .toSorted((a, b) => b.weight - a.weight)
}

const isLanguage = (language: string): language is Language => Object.hasOwn(cardTexts, language)
