import { termOf } from './terms.ts'

/**
 * Everyday words that stand for each other in talk about one's life; each line a group. Looked for with less weight than the
 * words themselves. Kept to plain senses: a wide net recalls what has nothing to do with the question.
 */
const groups = `
job work career profession occupation employment position
boss manager supervisor employer
fired laid quit resign
study school college university degree course education class
exam test
wedding marry marriage married
husband wife spouse partner
boyfriend girlfriend partner dating
baby pregnant newborn
kid child son daughter
parent mom dad
sibling brother sister
friend buddy pal
dog puppy pup
cat kitten kitty
pet dog cat puppy kitten hamster bird fish turtle snake
trip travel vacation holiday journey visit tour
hike hiking trail trek mountain
camp camping tent campfire
beach ocean sea shore coast
swim pool
exercise workout gym fitness training
yoga meditation stretch
run running jog marathon race
cook recipe bake meal dish dinner
food meal dish cuisine snack
restaurant cafe diner
drink tea coffee beer wine
illness sick disease ill diagnose
doctor hospital clinic surgery medical
injury hurt injure sprain broke
therapy counseling therapist counselor
stress anxious anxiety overwhelm worry
sad grief upset heartbroken depressed
happy glad joy excited thrilled
angry mad furious
scared afraid fear nervous
passion hobby interest love enjoy
relax destress unwind calm chill
paint painting art draw sketch artwork
draw sketch drawing
sculpture pottery clay ceramic
music song band concert tune
instrument guitar piano violin drums clarinet flute cello
book novel read reading author
movie film watch cinema
game gaming videogame tournament
sport basketball soccer football tennis baseball hockey
car vehicle drive auto
repair fix restore mend
house home apartment condo
move moved relocate
hometown country origin native
buy purchase bought get
sell sold sale
money finance budget
shop store business boutique
gift present
party celebrate celebration birthday
volunteer charity donate nonprofit
shelter homeless
church faith religion religious pray
dance dancing dancer
photo photography camera
plant garden flower gardening
nature outdoors forest park
weather rain snow storm
computer laptop coding programming software
phone call text
win won award prize trophy medal
compete competition contest championship tournament
goal plan dream aspire aim
start begin launch open
finish complete done
help support assist aid
advice recommend suggest suggestion tip
teach coach mentor instructor teacher
learn study lesson
meet met encounter
adopt adoption
die death passed died lost
accident crash
old age ancient
like love enjoy favorite adore
dislike hate
symbol represent mean meaning symbolize remind
reason why because
nickname name call
city town
motivate inspire motivation inspiration
book series
dessert cake cookie pie sweet
instrument play
clothes clothing fashion dress outfit
speech talk presentation
join joined member
create make build design
event conference workshop festival show fair
group club community
rescue save
roadtrip road
`

/** A term to those that stand for it. */
export const synonyms: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const found = new Map<string, Set<string>>()
  for (const line of groups.trim().split('\n')) {
    const group = line.split(' ').map(termOf)
    for (const one of group) {
      const others = found.get(one) ?? new Set<string>()
      for (const other of group) if (other !== one) others.add(other)
      found.set(one, others)
    }
  }
  return found
})()
