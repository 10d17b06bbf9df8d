import type { Rule } from './rules.ts'

const name = String.raw`\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?`
const place = String.raw`(?:the\s)?\p{Lu}[\p{L}'’.-]+(?:[\s-](?:\p{Lu}[\p{L}'’.-]+|de|la|am|an|of|upon))*`
const relative =
  'mother|mom|mum|father|dad|sister|brother|wife|husband|partner|girlfriend|boyfriend|fianc[ée]e?|son|daughter|baby|aunt|uncle|cousin|niece|nephew|grandmother|grandma|grandfather|grandpa|best friend|friend|roommate|flatmate|boss|manager|coworker|colleague|neighbou?r|therapist|teacher'
const animal = 'dog|puppy|cat|kitten|hamster|rabbit|parrot|bird|horse|fish|turtle|tortoise|snake|guinea pig|pet'
const single =
  /^(?:mother|mom|mum|father|dad|wife|husband|partner|girlfriend|boyfriend|fianc|boss|manager|best friend|therapist)/i
const occupation =
  /^(?:\w+\s){0,2}(?:nurse|teacher|doctor|engineer|developer|programmer|designer|artist|musician|writer|author|student|lawyer|accountant|chef|cook|baker|driver|farmer|carpenter|electrician|plumber|mechanic|scientist|researcher|professor|librarian|journalist|photographer|actor|actress|dancer|singer|waiter|waitress|barista|cashier|manager|consultant|analyst|architect|paramedic|firefighter|soldier|pilot|dentist|pharmacist|therapist|psychologist|social worker|translator|editor|gardener|hairdresser|salesperson|secretary|technician|vet|veterinarian|police officer|freelancer|retiree|single (?:mom|dad|mother|father)|\w+ologist)$/i

const clean = (text = ''): string =>
  text
    .replace(
      /\s+(?:now|currently|these days|at the moment|too|as well|and\b.*|but\b.*|because\b.*|since\b.*|so\b.*|,.*)$/i,
      '',
    )
    .replace(/[.!,;:]+$/, '')
    .trim()
const gone = /\b(?:no longer|not|n't|never|used to|stopped|quit)\b/i
const again = (sentence: string) =>
  sentence
    .replace(/\bI['’]m\b/g, 'the person is')
    .replace(/\bI['’]ve\b/g, 'the person has')
    .replace(/\bI am\b/g, 'the person is')
    .replace(/\bI have\b/g, 'the person has')
    .replace(/\bmy\b/gi, 'the person’s')
    .replace(/\b(?:me|I)\b/g, 'the person')
    .replace(/^(?:(?:well|oh|so|and|but|actually|by the way|anyway|hey|hi|yes|no)[,\s]+)+/i, '')
    .replace(/^\p{Ll}/u, letter => letter.toUpperCase())
    .replace(/[!.…]+$/, '.')
    .replace(/[^.]$/, '$&.')

/** Name, age, home, work, family, animals, health, plans, dates. */
export const lifeRules: readonly Rule[] = [
  {
    name: 'name',
    pattern: new RegExp(
      `\\b(?:[Mm]y name(?: is|['’]s)(?: actually| now)?|[Cc]all me|I['’]m called|I am called)\\s+(${name})`,
      'u',
    ),
    read: ([, called = '']) => ({
      text: `The person is called ${called}.`,
      kind: 'fact',
      predicate: 'name',
      entities: [called],
      importance: 5,
      confidence: 0.95,
    }),
  },
  {
    name: 'age',
    pattern:
      /\bI(?:['’]m| am| just turned| turned)\s+(\d{1,3})(?:\s+years?\s+old|\s*(?:now|today)?[.!,]?$|\s+(?:last|this)\b)/i,
    read: ([, years = '']) =>
      Number(years) > 4 && Number(years) < 120
        ? { text: `The person is ${years} years old.`, kind: 'fact', predicate: 'age', importance: 4 }
        : null,
  },
  {
    name: 'birthday',
    pattern: /\b[Mm]y birthday(?: is|['’]s)(?: on)?\s+([^.!?;]{3,40})/,
    read: ([, date]) => ({
      text: `The person’s birthday is ${clean(date)}.`,
      kind: 'fact',
      predicate: 'birthday',
      importance: 4,
    }),
  },
  {
    name: 'home',
    pattern: new RegExp(
      `\\bI(?:['’]m|['’]ve| am| have)?\\s*(?:(?:now|currently|still|actually|just|recently|finally)\\s+)*(live|living|moved|relocated)(?:\\s+(?:now|back))?\\s+(?:in|to)\\s+(${place})`,
      'u',
    ),
    read: ([, verb, where], sentence) =>
      gone.test(sentence)
        ? null
        : {
            text: /^(?:moved|relocated)$/.test(verb ?? '')
              ? `The person moved to ${clean(where)} and lives there.`
              : `The person lives in ${clean(where)}.`,
            kind: 'fact',
            predicate: 'home',
            entities: [clean(where)],
            importance: 4,
          },
  },
  {
    name: 'left home',
    pattern: new RegExp(`\\bI (?:no longer live|don['’]t live)\\s+(?:in\\s+)?(${place})`, 'u'),
    read: ([, where]) => ({
      text: `The person no longer lives in ${clean(where)}.`,
      kind: 'fact',
      predicate: 'home',
      entities: [clean(where)],
      importance: 3,
    }),
  },
  {
    name: 'origin',
    pattern: new RegExp(
      `\\bI(?:['’]m| am| come)(?: originally)? from\\s+(${place})|\\bI grew up in\\s+(${place})`,
      'u',
    ),
    read: ([, one, other]) => ({
      text: `The person comes from ${clean(one ?? other)}.`,
      kind: 'fact',
      predicate: 'origin',
      entities: [clean(one ?? other)],
      importance: 3,
    }),
  },
  {
    name: 'employer',
    pattern: /\bI(?:['’]m| am)?\s*(?:(?:now|currently|still)\s+)*work(?:ing)?\s+(?:at|for)\s+([^.!?;,]{2,50})/,
    read: ([, where], sentence) =>
      gone.test(sentence) || /^(?:home|it|all|hours|me|you)\b/i.test(where ?? '')
        ? null
        : { text: `The person works at ${clean(where)}.`, kind: 'fact', predicate: 'employer', importance: 3 },
  },
  {
    name: 'left work',
    pattern: /\bI (?:no longer work|quit|got fired|was laid off|lost my job)\b[^.!?]*/i,
    read: (_, sentence) => ({
      text: again(sentence),
      kind: 'event',
      predicate: 'employer',
      importance: 4,
      tags: ['work'],
    }),
  },
  {
    name: 'occupation',
    pattern:
      /\bI(?:['’]m| am)?\s*(?:(?:now|currently|also|actually)\s+)*(?:(?:work(?:ing)? )?as )?an?\s+([\p{L}-]+(?:\s[\p{L}-]+){0,3})/iu,
    read: ([, what], sentence) => {
      const job = clean(what).replace(/\s+(?:in|at|for|from|with)\b.*$/i, '')
      return occupation.test(job) && !gone.test(sentence)
        ? { text: `The person is a ${job}.`, kind: 'fact', predicate: 'occupation', importance: 4 }
        : null
    },
  },
  {
    name: 'relative',
    pattern: new RegExp(
      `\\b[Mm]y\\s+(?:(?:older|younger|elder|little|big|twin|new|old|dear)\\s+)?(${relative})(?:['’]s name is| is called| is named|,|\\s+named|\\s+called)?\\s+(?!I\\b)(${name})`,
      'u',
    ),
    read: ([, who = '', called = '']) => ({
      text: `The person’s ${who.toLowerCase()} is called ${called.replace(/['’]s$/, '')}.`,
      kind: 'relationship',
      subject: called.replace(/['’]s$/, ''),
      predicate: single.test(who) ? `name of ${who.toLowerCase()}` : `is ${who.toLowerCase()}`,
      entities: [called.replace(/['’]s$/, '')],
      importance: 4,
    }),
  },
  {
    name: 'of a relative',
    pattern: new RegExp(
      `\\b[Mm]y\\s+(?:(?:older|younger|elder|little|big|twin)\\s+)?(${relative})(?:,?\\s+(${name}),?)?\\s+(?:(?:now|just|has|recently|actually)\\s+)*(lives|moved|works|died|passed away|got married|is pregnant|is sick|is ill|had)\\b([^.!?]*)`,
      'u',
    ),
    read: ([, who = '', called, verb = '', rest = ''], sentence) => {
      const about = verb === 'lives' || verb === 'moved' ? 'home' : verb === 'works' ? 'work' : null
      const where = new RegExp(`\\b(?:in|to)\\s+(${place})`, 'u').exec(rest)?.[1]
      return {
        text: again(sentence),
        kind: about ? 'fact' : 'event',
        subject: called ?? who.toLowerCase(),
        predicate: about ? `${about} of ${who.toLowerCase()}` : null,
        entities: [called, where].flatMap(each => (each ? [clean(each)] : [])),
        importance: /died|passed/.test(verb) ? 5 : 3,
        valence: /died|passed|sick|ill/.test(verb) ? -0.8 : 0,
      }
    },
  },
  {
    name: 'animal',
    pattern: new RegExp(
      `\\b(?:[Mm]y|I have an?|I got an?|I adopted an?|We have an?)\\s+(?:\\p{Ll}+\\s+)?(${animal})(?:['’]s name is| is called| is named|,|\\s+named|\\s+called)?\\s+(${name})`,
      'u',
    ),
    read: ([, what = '', called = '']) => ({
      text: `The person has a ${what.toLowerCase()} called ${called.replace(/['’]s$/, '')}.`,
      kind: 'relationship',
      subject: called.replace(/['’]s$/, ''),
      predicate: `is ${what.toLowerCase()}`,
      entities: [called.replace(/['’]s$/, '')],
      importance: 3,
    }),
  },
  {
    name: 'health',
    pattern:
      /\bI(?:['’]m| am)\s+(?:severely\s+|badly\s+)?(allergic to [^.!?;,]{2,40}|vegan|vegetarian|diabetic|pregnant|sober|celiac|lactose intolerant|deaf|blind|autistic|dyslexic)|\bI (?:have|suffer from|was diagnosed with)\s+((?:asthma|diabetes|depression|anxiety|adhd|epilepsy|cancer|ptsd|bipolar|migraines?|insomnia|an? [\w ]*(?:disorder|allergy|disease|condition))[^.!?;,]{0,30})/i,
    read: ([, state, illness], sentence) =>
      gone.test(sentence)
        ? null
        : {
            text: state ? `The person is ${clean(state)}.` : `The person has ${clean(illness)}.`,
            kind: 'fact',
            predicate: `health ${clean(state ?? illness).toLowerCase()}`,
            importance: 5,
            sensitivity: 'sensitive',
            tags: ['health'],
          },
  },
  {
    name: 'plan',
    pattern:
      /\bI(?:['’]m| am)\s+(?:going to|planning to|about to|hoping to|training for|saving (?:up )?for)\s+([^.!?;]{4,120})|\bI (?:plan|want|intend|hope|have decided|decided) to\s+([^.!?;]{4,120})|\bmy goal is to\s+([^.!?;]{4,120})/i,
    read: ([, one, two, three], sentence) =>
      /\b(?:say|tell you|ask|know|talk|be honest|sleep|bed)\b/i.test((one ?? two ?? three ?? '').slice(0, 24))
        ? null
        : { text: again(sentence), kind: 'plan', importance: 3, valence: 0.2, tags: ['goal'] },
  },
  {
    name: 'appointment',
    pattern:
      /\b(?:I have|I['’]ve got|there is|my)\s+(?:an?\s+|my\s+|the\s+)?((?:\w+\s){0,2}(?:appointment|interview|exam|test|surgery|operation|wedding|deadline|flight|meeting|presentation|concert|marathon|race))\b[^.!?]*\b(?:on|tomorrow|next|in|at|this)\b[^.!?]*/i,
    read: (_, sentence) => ({ text: again(sentence), kind: 'plan', importance: 3, tags: ['date'] }),
  },
  {
    name: 'milestone',
    pattern:
      /\bI(?:['’]ve)?\s+(?:(?:just|finally|recently)\s+)?(?:got married|got engaged|got divorced|broke up|graduated|got promoted|bought a house|started a (?:new )?job|got the job|passed my|failed my|finished my|won the|adopted)\b[^.!?]*/i,
    read: ([match], sentence) => ({
      text: again(sentence),
      kind: 'event',
      importance: 4,
      valence: /divorced|broke up|failed/.test(match) ? -0.6 : 0.6,
    }),
  },
]
