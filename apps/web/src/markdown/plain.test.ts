import { expect, it } from 'vitest'
import { isPlain } from './plain.ts'

it.each(['Hello.\n\nHow are you?', 'Äpfel – “und” Birnen… 🌙', 'It is 5 - 3 = 2', 'مرحبا'])('is plain: %s', text => {
  expect(isPlain(text)).toBe(true)
})

it.each([
  '**b**',
  'a_b_',
  '`x`',
  '# h',
  '- item',
  '1. one',
  '> q',
  'a | b',
  '[a](b)',
  '<b>',
  '&amp;',
  'see https://x.y',
  'www.x.y',
  'a@b.c',
  'x\n===',
  '    code',
])('is not plain: %s', text => {
  expect(isPlain(text)).toBe(false)
})
