import type { Suite } from './suite.ts'

/** When it was, and what follows from two things that were said apart. */
export const time: readonly Suite[] = [
  {
    name: 'relative dates',
    people: {
      ada: [
        {
          at: '2026-05-08T10:00:00Z',
          turns: [
            ['user', 'I got promoted yesterday! And I am going to climb Kebnekaise in August 2026.'],
            ['assistant', 'Well deserved.'],
          ],
        },
      ],
    },
    checks: [{ who: 'ada', finds: ['promoted.*2026-05-07', 'Kebnekaise'] }],
  },
  {
    name: 'temporal',
    people: {
      ada: [
        {
          at: '2026-01-12T10:00:00Z',
          turns: [
            ['user', 'We went skiing in the mountains with the whole team.'],
            ['assistant', 'Cold?'],
          ],
        },
        {
          at: '2026-04-14T10:00:00Z',
          turns: [
            ['user', 'We went sailing round the islands with the whole team.'],
            ['assistant', 'Windy?'],
          ],
        },
        {
          at: '2026-06-20T10:00:00Z',
          turns: [
            ['user', 'We went cycling by the river with the whole team.'],
            ['assistant', 'Flat?'],
          ],
        },
      ],
    },
    checks: [
      { who: 'ada', recall: 'What did we do with the team in April 2026?', first: 'sailing' },
      { who: 'ada', recall: 'What did we do with the team in January 2026?', first: 'skiing' },
      {
        who: 'ada',
        recall: 'What did we do with the team?',
        asOf: '2026-02-01T00:00:00Z',
        finds: ['skiing'],
        never: ['sailing', 'cycling'],
      },
    ],
  },
  {
    name: 'multi-hop',
    people: {
      ada: [
        {
          at: '2026-01-12T10:00:00Z',
          turns: [
            ['user', 'My brother is called Halvard.'],
            ['assistant', 'Are you close?'],
          ],
        },
        {
          at: '2026-02-12T10:00:00Z',
          turns: [
            ['user', 'Halvard plays the cello in an orchestra.'],
            ['assistant', 'How nice.'],
          ],
        },
        {
          at: '2026-03-12T10:00:00Z',
          turns: [
            ['user', 'The orchestra tours Japan in the autumn.'],
            ['assistant', 'Far away.'],
          ],
        },
      ],
    },
    checks: [
      { who: 'ada', recall: 'Which instrument does my brother Halvard play?', finds: ['cello'] },
      { who: 'ada', recall: 'Where does the orchestra of my brother Halvard tour?', finds: ['Japan', 'Halvard'] },
    ],
  },
]
