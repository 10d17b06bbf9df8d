type Theme = 'gratitude' | 'feelings' | 'people' | 'work' | 'future' | 'past'

const byTheme: Readonly<Record<Theme, readonly string[]>> = {
  gratitude: [
    'What small thing went well today, and what was your part in it?',
    'Who made this week lighter, and do they know?',
    'Which comfort of your home would you miss first?',
    'What did your body carry you through lately?',
  ],
  feelings: [
    'What did you feel most strongly today, and where in the body?',
    'What are you putting off feeling?',
    'When were you last surprised by your own reaction?',
    'If your mood were weather, how did it change since the morning?',
  ],
  people: [
    'What would you say to somebody if they could only listen?',
    'Whose way of living do you envy, and which part of it?',
    'Which conversation do you keep having in your head?',
    'What did you learn from somebody whom you do not like?',
  ],
  work: [
    'Which hour of today would you do again?',
    'What do you do well that nobody sees?',
    'What could you stop doing without anybody noticing?',
    'Where did you say yes and mean no?',
  ],
  future: [
    'What would a good ordinary day look like five years from now?',
    'What would you try if nobody ever heard how it went?',
    'Which decision is waiting for you, and what does it wait for?',
    'What do you want to be able to say at the end of this month?',
  ],
  past: [
    'Which place of your childhood can you still walk through?',
    'What did you believe ten years ago that you do not believe now?',
    'Which mistake turned out to be useful?',
    'What would you tell yourself on the morning of your hardest day?',
  ],
}

export const questions: readonly { theme: Theme; text: string }[] = (Object.keys(byTheme) as Theme[]).flatMap(theme =>
  byTheme[theme].map(text => ({ theme, text })),
)
