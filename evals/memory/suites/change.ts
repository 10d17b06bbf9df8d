import type { Suite } from './suite.ts'

/** What was true is true no more. */
export const change: readonly Suite[] = [
  {
    name: 'update',
    people: {
      ada: [
        {
          at: '2026-03-02T18:00:00Z',
          turns: [
            ['user', 'I work at Norrvik Shipping.'],
            ['assistant', 'How is it there?'],
          ],
        },
        {
          at: '2026-05-11T18:00:00Z',
          turns: [
            ['user', 'Big news. I now work at Brightwell Labs.'],
            ['assistant', 'Congratulations!'],
          ],
        },
      ],
    },
    checks: [
      { who: 'ada', recall: 'Where do I work?', first: 'Brightwell', never: ['Norrvik'] },
      { who: 'ada', finds: ['works at Brightwell'], never: ['Norrvik'] },
    ],
  },
  {
    name: 'contradiction',
    people: {
      ada: [
        {
          at: '2026-03-02T18:00:00Z',
          turns: [
            ['user', 'I live in Trondheim.'],
            ['assistant', 'Trondheim must be cold in winter.'],
          ],
        },
        {
          at: '2026-04-20T18:00:00Z',
          turns: [
            ['user', 'I moved to Bergen. The rain here is something else.'],
            ['assistant', 'Rain and mountains.'],
          ],
        },
      ],
    },
    checks: [
      { who: 'ada', recall: 'What city do I live in?', finds: ['Bergen'], never: ['Trondheim'] },
      { who: 'ada', recall: 'What city do I live in?', asOf: '2026-03-20T00:00:00Z', finds: ['Trondheim'] },
    ],
  },
  {
    name: 'love-to-hate',
    people: {
      ada: [
        {
          at: '2026-02-02T18:00:00Z',
          turns: [
            ['user', 'I love running.'],
            ['assistant', 'What do you like about it?'],
          ],
        },
        {
          at: '2026-06-02T18:00:00Z',
          turns: [
            ['user', 'I hate running.'],
            ['assistant', 'What happened?'],
          ],
        },
      ],
    },
    checks: [
      { who: 'ada', finds: ['does not like running'], never: ['The person likes running'] },
      {
        who: 'ada',
        recall: 'Shall we talk about running?',
        finds: ['not like running|hate running'],
        never: ['love running|likes running'],
      },
    ],
  },
  {
    name: 'forget',
    people: {
      ada: [
        {
          at: '2026-02-02T18:00:00Z',
          turns: [
            ['user', 'My sister Ingrid moved to Lisbon. I like sardines.'],
            ['assistant', 'Lisbon is lovely. Sardines are too.'],
          ],
        },
      ],
    },
    forget: [{ who: 'ada', memory: 'Lisbon|Ingrid' }],
    checks: [
      { who: 'ada', recall: 'What about Ingrid in Lisbon?', never: ['Ingrid', 'Lisbon'] },
      { who: 'ada', recall: 'Do I like sardines?', finds: ['sardines'] },
      { who: 'ada', never: ['Ingrid', 'Lisbon'] },
    ],
  },
]
