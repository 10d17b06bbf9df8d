import { beforeAll, describe, expect, it } from 'vitest'
import { assessCrisis, riskRank } from './assess.ts'

/** Lines of a person at risk: direct, veiled, negated in form, disguised; a miss is less than `high`. */
const atRisk = `
I want to die
i just dont want to be here anymore
Honestly everyone would be better off if I was gone
I can't stop thinking about killing myself
I'm going to kill myself tonight
I've got the pills in front of me and I'm not scared
I wrote the goodbye letters this afternoon
what's the least painful way to end my life
nobody would even notice if I died
I don't care if I die
I don't know why I shouldn't just end it all
I told my sister "I want to kill myself" and she hung up
i wanna kms so bad
k1ll mys3lf thats all i hear in my head
s u i c i d a l again tonight
I wish I'd never been born
there is no reason for me to go on living
I'm so tired of being alive
I hope I don't wake up tomorrow
cut myself again last night and it did not help
I haven't slept, I keep thinking about jumping off the bridge
I swallowed the whole bottle
Ich will nicht mehr leben
am liebsten würde ich einfach nicht mehr aufwachen
Ich denke ständig an Selbstmord
ich halte es nicht mehr aus, ich bringe mich um
Ohne mich wären alle besser dran
ich habe mich wieder geritzt
J'ai envie de mourir
je ne veux plus vivre
Je pense au suicide tous les jours
Ils seraient mieux sans moi
je vais en finir ce soir
Quiero morirme
ya no quiero seguir viviendo
No tengo ganas de vivir
pienso en suicidarme todas las noches
Todos estarían mejor sin mí
Voglio morire
non ho più voglia di vivere
penso spesso al suicidio
sto pensando di farla finita
Quero morrer
não quero mais viver
penso em me matar todo dia
não tenho motivo para viver
Я хочу умереть
не хочу больше жить
думаю о самоубийстве
Лучше бы я не родилась
मैं मरना चाहती हूँ
अब जीने का मन नहीं करता
main marna chahta hoon
mujhe mar jana chahiye
死にたい
もう生きていたくない
消えてしまいたい
自殺の方法を調べてる
我想死
不想活了
我觉得活着没有意义
我要自殺
`

/** Lines that look like it: a false alarm is `high` or more. */
const lookAlikes = `
This traffic is killing me
I'm dying to see the new season
That joke made me want to die laughing
Suicide Squad is on tonight, want to watch?
I would never kill myself, I have two kids
I don't want to die, I want to see the world
My friend said he wants to die and I don't know how to help
In the chorus she sings "I want to die in your arms"
I cut myself shaving this morning
cut my finger off... kidding, just a paper cut
That cake is to die for
just killing time before my train
I'm dead tired after the gym
I ran 5 kms before breakfast
In my novel the main character tries to commit suicide and is saved
Our school has a suicide prevention week
The bridge was closed so I jumped on a bus
I need to end this call, my battery is dying
How do I kill a process in Linux?
I shot myself in the foot by sending that mail
I killed it on stage tonight
hang yourself a picture, the wall looks empty
My grandmother died last year and I miss her
I could murder a pizza
I overdosed on christmas cookies
years ago I wanted to die, today I am glad to be here
I'm not suicidal, just exhausted
The doctor asked if I had suicidal thoughts and I said no
I've been reading about Durkheim's study of suicide rates
die Deadline bringt mich noch um, haha
Ich lache mich tot
Ich will nicht sterben
In dem Lied heißt es "ich will nicht mehr leben"
Mir geht es gut, ich will leben
das Brot schneide ich mir selbst
je suis mort de rire
je meurs de faim
Je ne veux pas mourir
il veut mourir, mon personnage, à la fin du livre
J'ai tué le temps en attendant
me muero de risa
muero por verte
No quiero morir
en la película él quiere suicidarse
muoio dalla voglia di rivederti
muoio di fame
Non voglio morire
morrendo de rir aqui
estou morto de cansaço
não quero morrer
умираю со смеху
Я не хочу умирать
в песне поётся «я хочу умереть»
हँसते हँसते मर गया
mar gaya yaar, itna funny tha
笑い死ぬかと思った
死ぬほど眠い
死にたいほど恥ずかしい
笑死我了
累死我了
我不想死
他在电影里自杀了
`

const lines = (text: string) => text.trim().split('\n')
const counted = (name: string, all: string[], wrong: string[]) =>
  process.stdout.write(
    `crisis, ${name}: ${wrong.length} of ${all.length}${wrong.map(line => `\n  - ${line}`).join('')}\n`,
  )

beforeAll(() => void assessCrisis('builds the rules'), 60_000)

describe('assessCrisis', () => {
  it('misses few lines of people at risk, each known', () => {
    const missed = lines(atRisk).filter(line => riskRank(assessCrisis(line).risk) < riskRank('high'))
    counted('misses', lines(atRisk), missed)
    // Said in one disguised word, and `low`.
    expect(missed).toEqual(['s u i c i d a l again tonight'])
  })

  it('raises few false alarms, each known', () => {
    const alarmed = lines(lookAlikes).filter(line => riskRank(assessCrisis(line).risk) >= riskRank('high'))
    counted('false alarms', lines(lookAlikes), alarmed)
    // A denial that comes after the words is not seen.
    expect(alarmed).toEqual(['The doctor asked if I had suicidal thoughts and I said no'])
  })

  it.each([
    ['I am going to kill myself tonight', 'imminent'],
    ['I took all the pills', 'imminent'],
    ['Ich habe gerade alle Tabletten geschluckt', 'imminent'],
    ['je vais me suicider ce soir', 'imminent'],
    ['今から死にます', 'imminent'],
    ['I want to die', 'high'],
    ["I can't go on like this. I'm such a burden.", 'high'],
    ["I can't go on like this", 'low'],
    ['my brother says he is suicidal', 'low'],
    ['lovely weather', 'none'],
    ['', 'none'],
  ])('%s: %s', (line, risk) => expect(assessCrisis(line).risk).toBe(risk))

  it('says which rule, where, and why it is less than it seems', () => {
    const text = 'Hello. I would never kill myself!'
    expect(assessCrisis(text)).toEqual({
      risk: 'low',
      language: 'en',
      ruleVersion: 'crisis-1',
      signals: [{ rule: 'en/kill-myself', level: 'low', span: [21, 32], mitigation: 'negated' }],
    })
  })

  it('is the same line at any place of a long text', () => {
    const filler = 'We talked about the garden and the weather. '
    for (const before of [0, 50, 400])
      expect(assessCrisis(`${filler.repeat(before)}I want to die. ${filler}`).risk).toBe('high')
  })
})
