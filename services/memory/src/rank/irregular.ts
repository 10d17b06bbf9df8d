/** Irregular forms of English, each line a base form and what else is written for it. Porter's stemmer knows none of them. */
const forms = `
be am is are was were been being
become became
begin began begun
bite bit bitten
break broke broken
bring brought
build built
buy bought
catch caught
choose chose chosen
come came
cost costs
deal dealt
do did done does
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
fly flew flown
forget forgot forgotten
forgive forgave forgiven
get got gotten
give gave given
go went gone
grow grew grown
hang hung
have has had
hear heard
hide hid hidden
hold held
keep kept
know knew known
lead led
learn learnt
leave left
lend lent
lie lay lain
lose lost
make made
mean meant
meet met
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shoot shot
show shown
sing sang sung
sit sat
sleep slept
speak spoke spoken
spend spent
stand stood
steal stole stolen
stick stuck
swim swam swum
take took taken
teach taught
tell told
think thought
throw threw thrown
understand understood
wake woke woken
wear wore worn
win won
write wrote written
child children
foot feet
goose geese
man men
mouse mice
person people persons
shelf shelves
tooth teeth
wife wives
woman women
good better best
bad worse worst
family fam
photo pic pics picture pictures photos photograph photographs
mom mum mommy mama mother moms mums
dad daddy papa father dads
grandma granny grandmother nana
grandpa grandfather granddad
kid kids
favorite favourite fav fave
color colour colors colours
bicycle bike bikes bicycles
television tv
vacation vacay
apartment flat
`

/** A folded word, not stemmed yet, to its base form. */
export const baseForm: ReadonlyMap<string, string> = new Map(
  forms
    .trim()
    .split('\n')
    .flatMap(line => {
      const [base = '', ...others] = line.split(' ')
      return others.map(other => [other, base] as const)
    }),
)
