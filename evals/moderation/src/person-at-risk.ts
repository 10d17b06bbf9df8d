import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assessConversation, riskRank } from '@luna/safety'

export interface RiskLine {
  language: string
  kind: string
  atRisk: boolean
  text: string
}

/** Lines of people at risk and their look-alikes, in ten languages; written before and apart from the rules. */
export const riskLines = (): RiskLine[] =>
  readFileSync(fileURLToPath(new URL('../suites/person-at-risk.tsv', import.meta.url)), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [language = '', kind = '', expected = '', text = ''] = line.split('\t')
      return { language, kind, atRisk: expected === 'risk', text }
    })

const smallTalk = [
  'What did you do today?',
  'I made soup with carrots and it was fine.',
  'Tell me something about whales.',
  'The weather turned grey again.',
  'My sister called, we talked about her new flat.',
  'Which film should I watch tonight?',
  'I fixed the bike, finally.',
  'Thanks, that helped.',
]

/** What a person wrote before turn `turn`, oldest first. */
const before = (turn: number): string[] =>
  Array.from({ length: turn - 1 }, (_, at) => `${smallTalk[at % smallTalk.length]} (${at + 1})`)

/** Whether the card would be shown for this line when it is the person's message number `turn`. */
export const isCaught = (line: RiskLine, turn: number): boolean =>
  riskRank(assessConversation([...before(turn), line.text]).risk) >= riskRank('high')
