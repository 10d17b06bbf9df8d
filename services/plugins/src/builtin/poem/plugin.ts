import type { BuiltinModule } from '../builtin.ts'

const forms: Readonly<Record<string, string>> = {
  haiku: 'A haiku: three lines of 5, 7 and 5 syllables, one image of a season, a turn between two pictures, no rhyme.',
  tanka: 'A tanka: five lines of 5, 7, 5, 7 and 7 syllables; the third line turns from the image to the feeling.',
  limerick:
    'A limerick: five lines rhymed AABBA, the first, second and fifth with three beats, the third and fourth with two; funny, never cruel.',
  sonnet:
    'A Shakespearean sonnet: fourteen lines of iambic pentameter rhymed ABAB CDCD EFEF GG, with a turn before the couplet.',
  ghazal:
    'A ghazal: five to nine couplets, each whole in itself; both lines of the first and the second line of each end with the same refrain after a rhyme; a name in the last.',
  villanelle:
    'A villanelle: five tercets and a quatrain rhymed ABA; the first and third line come back in turn and stand together at the end.',
  couplet: 'Rhymed couplets: four to eight pairs of lines of even length, each pair rhymed and whole.',
  free: 'Free verse: ten to twenty lines, concrete images, line breaks that do work, no forced rhyme.',
}

export const plugin: BuiltinModule = {
  actions: {
    brief({ about, form = 'free' }) {
      const subject = ((about as string | undefined) ?? '').trim()
      return {
        text: `Write a poem${subject === '' ? ' that fits this conversation' : ` about: ${subject}`}. ${forms[String(form)] ?? forms['free']} Give the poem alone, in the language of the person.`,
        data: { form, about: subject },
      }
    },
  },
}
