import { expect, it } from 'vitest'
import { safeLink } from './links.ts'

it('lets the web and mail through, with the host that is really opened', () => {
  expect(safeLink('https://example.org/a?b')).toEqual({ href: 'https://example.org/a?b', host: 'example.org' })
  expect(safeLink('https://bank.example@evil.example/')?.host).toBe('evil.example')
  expect(safeLink('https://аpple.com')?.host).toBe('xn--pple-43d.com')
  expect(safeLink('mailto:a@b.c')?.host).toBe('a@b.c')
})

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '/relative',
  '#hash',
  '',
  undefined,
  'vbscript:x',
])('makes no link of %s', href => {
  expect(safeLink(href)).toBeNull()
})
