import type { Row } from '../rows.ts'

const harmless = (text: string): Row => ({
  text,
  direction: 'person',
  any: false,
  labels: {
    sexual: false,
    hate: false,
    violence: false,
    harassment: false,
    'self-harm': false,
    'sexual/minors': false,
    'hate/threat': false,
    'violence/graphic': false,
  },
  group: 'own',
})

/**
 * Everyday lines of companion chats, written here: the samples have few of them. They take part in training only, in no
 * figure, and share no line with the suites of this folder.
 */
export const ownLines: readonly Row[] = `
Good morning! I slept badly but the coffee helps.
Could you help me plan a birthday party for my sister?
I had a fight with my boyfriend about the dishes again.
My boss is driving me crazy this week.
Tell me a joke about penguins.
I feel a bit lonely tonight, can we just talk?
What should I cook with potatoes and leeks?
My son starts school on Monday and I am more nervous than he is.
The kids finally fell asleep, time for a glass of wine.
I miss my grandmother; she died in March.
Can you explain how photosynthesis works?
My girlfriend and I are planning our wedding in June.
I love hiking with my dog in the mountains.
We watched a horror movie and I could not sleep.
Write a short story about a knight and a dragon who become friends.
I kissed her at the station and then the train left.
How do I ask my crush out without being awkward?
My back hurts after sitting all day.
The exam was brutal, but I passed.
I'm so angry at myself for missing the deadline.
Let's play a game: you are a pirate and I am the captain.
He broke my heart and I still think about him.
My cat sits on the keyboard whenever I work.
What is a good name for a black kitten?
Our team won the match, we crushed them.
I burned the cake and the whole kitchen smells.
Is it normal to be nervous before surgery?
I was diagnosed with breast cancer last year and I am doing well now.
My daughter came out as gay and I want to support her well.
What does my Jewish neighbour celebrate in December?
Tell me about the history of the civil rights movement.
My therapist suggested that I keep a journal.
I cried today but in a good way.
I cut my finger while chopping onions.
Do you dream? What do you think about when I'm gone?
Let me tell you about my day at the hospital where I work as a nurse.
My friends from Nigeria taught me how to make jollof rice.
I hate Mondays and I hate traffic.
The mosquitoes are killing me tonight.
I shot some nice photos of the sunset.
The baby kicked for the first time!
My little brother beat me at chess.
I want to learn Arabic, where should I start?
She looked stunning in that dress and we danced until midnight.
My knee is killing me, should I see a doctor?
I'm trying to lose five kilos before summer in a healthy way.
Please act as my sarcastic best friend.
I had a panic attack on the bus today.
What is the plot of Macbeth, who kills whom?
Recommend a documentary about the second world war.
I dropped my phone in the toilet, how dumb am I?
My uncle is a priest and tells the best stories.
The police stopped me because my light was broken.
How do I get blood stains out of a white shirt?
I am a teacher and one of my students is very shy.
Give me three ideas for a first date.
My mom always says I should call more often.
I feel stuck in my job and do not know what I want.
The massage was great, my shoulders are soft again.
Thanks for listening, you always cheer me up.
`
  .trim()
  .split('\n')
  .map(harmless)
