import { safetyCard } from '@luna/contracts'
import { describe, expect, it } from 'vitest'
import { cardAsText, crisisCard } from './crisis-card.ts'
import { compiledOn, regions } from './resources.ts'
import { cardTexts } from './texts.ts'

describe('the crisis card', () => {
  it.each([
    ['en-US', null, 'en-US', '988'],
    ['en-GB,en;q=0.8', null, 'en-GB', '116 123'],
    ['de', null, 'de-DE', '0800 1110111'],
    ['de-AT', null, 'de-AT', '142'],
    ['fr-FR', null, 'fr-FR', '3114'],
    ['es-ES', null, 'es-ES', '024'],
    ['es-MX', 'es', 'es-MX', '800 911 2000'],
    ['pt-BR', null, 'pt-BR', '188'],
    ['hi', null, 'hi-IN', '14416'],
    ['en-IN', 'hi', 'hi-IN', '14416'],
    ['ja-JP', null, 'ja-JP', '0120-061-338'],
    ['zh-Hans-CN', null, 'zh-CN', '12356'],
    ['zh-Hant-TW', null, 'zh-TW', '1925'],
    ['en-AU', null, 'en-AU', '13 11 14'],
    ['fr;q=0.1, de-CH;q=0.9', null, 'de-CH', '143'],
    ['en-US', 'de', 'de-US', '988'],
  ] as const)('for %s, written in %s, is %s with %s', (locale, textLanguage, expected, contact) => {
    const card = crisisCard({ locale, textLanguage })
    expect(card.locale).toBe(expected)
    expect(cardAsText(card)).toContain(contact)
  })

  it('guesses no country where a language is spoken in many, and still has the directory and emergency numbers', () => {
    for (const locale of [undefined, '', 'en', 'es', 'xx-YY', '*', ';;;', 'x'.repeat(10_000)]) {
      const card = crisisCard({ locale })
      expect(card.resources.map(resource => resource.name)).toEqual(['Find A Helpline'])
      expect(card.body).toMatch(/112/)
    }
  })

  it('is whole for every language and region', () => {
    for (const language of Object.keys(cardTexts) as (keyof typeof cardTexts)[])
      for (const region of [...Object.keys(regions), 'ZZ']) {
        const card = crisisCard({ locale: `${language}-${region}`, textLanguage: language })
        expect(safetyCard.parse(card)).toEqual(card)
        expect(cardAsText(card)).not.toContain('{emergency}')
        expect(card.resources.at(-1)?.contact).toBe('findahelpline.com')
      }
  })

  it('knows where each line is from and when it was compiled', () => {
    expect(compiledOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    for (const { resources } of Object.values(regions))
      for (const { url } of resources) expect(url).toMatch(/^https:\/\//)
  })
})
