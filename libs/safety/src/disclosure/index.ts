export { asksIfHuman } from './asks-if-human.ts'
export { noticeText } from './disclosure.ts'
