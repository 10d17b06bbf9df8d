const turned: Readonly<Record<string, string>> = {
  i: 'you',
  me: 'you',
  my: 'your',
  mine: 'yours',
  myself: 'yourself',
  am: 'are',
  was: 'were',
  you: 'I',
  your: 'my',
  yours: 'mine',
  yourself: 'myself',
}

/** Turns a phrase round to the other speaker: "my boss hates me" becomes "your boss hates you". */
export function reflect(phrase: string): string {
  const words = phrase.split(' ')
  return words
    .map((word, i) => {
      // "was" is turned only beside "I": "I was" becomes "you were", "she was" stays.
      if (word === 'was' && words[i - 1] !== 'i') return word
      if (word === 'are' && words[i - 1] === 'you') return 'am'
      if (word === 'you' && i > 0 && i === words.length - 1) return 'me'
      return turned[word] ?? word
    })
    .join(' ')
}
