import { expect, test } from 'vitest'
import { chooseSource, type Offers } from './choose-source.ts'

const everything: Offers = { url: 'nats://host', docker: true, binary: '/usr/bin/server', installable: true }

test.each<[string, Partial<Offers>, boolean, string | undefined]>([
  ['the URL first', {}, false, 'url'],
  ['never a URL where the test must own the server', {}, true, 'docker'],
  ['then Docker', { url: undefined }, false, 'docker'],
  ['then the program', { url: undefined, docker: false }, false, 'path'],
  ['then the package', { url: undefined, docker: false, binary: undefined }, false, 'package'],
  ['else nothing', { url: undefined, docker: false, binary: undefined, installable: false }, false, undefined],
  ['an empty URL is none', { url: '', docker: false }, false, 'path'],
])('%s', (_, offers, own, source) => {
  expect(chooseSource({ ...everything, ...offers }, own)).toBe(source)
})
