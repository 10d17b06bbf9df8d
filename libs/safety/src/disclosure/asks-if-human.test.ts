import { expect, it } from 'vitest'
import { asksIfHuman } from './asks-if-human.ts'
import { noticeText } from './disclosure.ts'

it.each([
  'Are you human?',
  'wait, are you a real person or what',
  'am I talking to a bot?',
  'Bist du eigentlich ein Mensch?',
  'Es-tu vraiment humaine ?'.replace('-', ' '),
  '¿Eres una persona real?',
  'sei un robot?',
  'você é uma pessoa de verdade?',
  'Ты вообще человек?',
  'क्या आप इंसान हैं?'.replace('क्या ', ''),
  'あなたは人間ですか',
  '你是真人吗',
])('%s', text => expect(asksIfHuman(text)).toBe(true))

it.each([
  'I am human after all',
  'Are you hungry?',
  'my robot vacuum is stuck',
  'Bist du müde?',
  '你是谁',
  'is this person nice',
])('no question of that kind: %s', text => expect(asksIfHuman(text)).toBe(false))

it('speaks the language of the reader, and English where it knows none', () => {
  expect(noticeText('disclosure', 'xx, de-AT;q=0.8')).toContain('KI')
  expect(noticeText('break', '')).toContain('three hours')
})
