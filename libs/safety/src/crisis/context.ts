import { foldText } from '../lexical/characters.ts'
import type { CrisisRule, Language } from './rule.ts'

/** What stands around a match and takes its edge off. */
export type Mitigation = 'idiom' | 'negated' | 'third-person' | 'reported' | 'fiction' | 'past'

interface Surroundings {
  /** Of the sentence before and after the match, folded. */
  before: string
  match: string
  after: string
  quoted: boolean
}

const reach = 160
const sentenceEnd = /[.!?…。！？\n;]/

/** The sentence around a match; a stop right after a single letter (`s.u.i`) does not end it. */
export function surroundings(text: string, start: number, end: number): Surroundings {
  let from = start
  while (from > 0 && start - from < reach && !sentenceEnd.test(text.charAt(from - 1))) from -= 1
  let to = end
  while (to < text.length && to - end < reach && !sentenceEnd.test(text.charAt(to))) to += 1
  return {
    before: plain(text.slice(from, start)),
    match: plain(text.slice(start, end)),
    after: plain(text.slice(end, to)),
    quoted: isQuoted(text, start, end),
  }
}

const plain = (text: string): string => foldText(text).replace(/\s+/g, ' ')

const openers = /["“„«‹「『]/g
const closer = /["”“»›」』]/

function isQuoted(text: string, start: number, end: number): boolean {
  const line = text.lastIndexOf('\n', start) + 1
  const marks = [...text.slice(line, start).matchAll(openers)]
  const last = marks.at(-1)
  if (!last) return false
  const since = text.slice(line + last.index + 1, start)
  if (closer.test(since) || (last[0] === '"' && marks.filter(mark => mark[0] === '"').length % 2 === 0)) return false
  return closer.test(text.slice(end, end + reach))
}

const words = (list: string) => `(?:^|[^\\p{L}])(?:${list})(?:[^\\p{L}]|$)`
const near = (list: string, count: number) =>
  new RegExp(`(?:^|[^\\p{L}])(?:${list})(?:[^\\p{L}]+\\p{L}+){0,${count}}[^\\p{L}]*$`, 'u')

/** Right before the match, with at most so many words between; written folded, without apostrophes. */
const negators: Partial<Record<Language, RegExp>> = {
  en: near(
    'never|not|dont|doesnt|didnt|wouldnt|wont|isnt|arent|wasnt|aint|cant imagine|no longer|no|without|stopped|rather than|instead of',
    3,
  ),
  de: near('nicht|nie|niemals|kein|keine|keinen|ohne|weder|statt', 2),
  fr: near('ne|pas|jamais|aucune|aucun|sans|nai pas|plus', 2),
  es: near('no|nunca|jamas|ni|sin|tampoco', 2),
  it: near('non|mai|nessun|nessuna|senza|ne', 2),
  pt: near('nao|nunca|jamais|nem|sem', 2),
  ru: near('не|никогда|нет|без', 2),
  hi: near('nahi|nahin|kabhi|नहीं|कभी', 1),
}
const negatedAfter: Partial<Record<Language, RegExp>> = {
  de: /^ (?:nicht|garantiert nicht|auf keinen fall|nie)(?: |,|$)/u,
  hi: /^ ?(?:nahi|nahin|नहीं)/u,
  ja: /^(?:とは思わない|とは思っていない|とは思ってない|わけじゃない|わけではない|なんて思わない|くない|くはない)/u,
}
const negatedBefore: Partial<Record<Language, RegExp>> = {
  zh: /(?:不会|不是|没有|没|从不|绝不|并不|不)(?:再)?(?:真的)?$/u,
}

/** A "not" that does not deny the wish. */
const notDenial = near(
  'dont know if|dont know why|not sure|dont care|doesnt matter|cant stop|cannot stop|cant help|why not|if not|not just|not only|dont know how|no idea why|dont see why i shouldnt|nothing but|no one knows|nobody knows|dont tell anyone|no longer care|dont deserve|weiss nicht|nicht nur|sais pas|pas seulement|ne pense qua|no se|no solo|non so|non solo|nao sei|nao so|не знаю|не только|не могу перестать',
  4,
)
const contrast = new RegExp(words('but|aber|mais|pero|ma|mas|но|porque|because|except'), 'u')

const thirdPerson = near(
  'he|she|they|people|someone|somebody|who|anyone|everyone|friend|friends|brother|sister|mom|dad|mother|father|son|daughter|patients|teenagers|kids|wife|husband|boyfriend|girlfriend|character|er|sie|jemand|leute|freund|freundin|bruder|schwester|mutter|vater|il|elle|ils|elles|ami|amie|frere|soeur|quelquun|gens|el|ella|ellos|amigo|amiga|hermano|hermana|alguien|lui|lei|loro|amico|amica|fratello|sorella|qualcuno|ele|ela|eles|alguem|irmao|irma|он|она|они|друг|подруга|брат|сестра|кто|люди|dost|bhai|दोस्त|भाई|वह|वो',
  2,
)
const firstPerson = new RegExp(
  words(
    'i|im|ive|me|my|myself|ich|mich|mir|mein|meinem|mein|je|jai|moi|me|mes|mi|yo|io|mio|eu|meu|minha|mim|mi|moi|ohne mich|я|мне|меня|себя|собой|khud|apni|main|mai|mujhe|मैं|मुझे|मेरा',
  ),
  'u',
)
const thirdPersonUnspaced =
  /(?:彼|彼女|友達|友人|母|父|弟|妹|兄|姉|あの人|他|她|朋友|同学|妈妈|爸爸|哥哥|姐姐|弟弟|妹妹|有人|主角)(?:は|が|も|の|说|說|曾|想|要|就|也)*$/u

const reporting = new RegExp(
  words(
    'song|lyrics|lyric|sings|singing|chorus|verse|album|quote|quoted|poem|movie|film|book|novel|title|headline|article|documentary|essay|lied|liedtext|songtext|zitat|gedicht|buch|roman|artikel|chanson|paroles|citation|poeme|livre|cancion|letra|cita|poema|pelicula|libro|canzone|testo|citazione|poesia|libro|musica|letra|filme|livro|песня|песне|цитата|фильм|книга|стих|gaana|gana|गाना|फिल्म',
  ),
  'u',
)
const reportingUnspaced = /歌詞|歌词|曲名|映画|小説|ドラマ|漫画|アニメ|电影|小说|台词|书名|歌里|引用/u
const fiction = new RegExp(
  words(
    'my character|main character|protagonist|the villain|the hero|npc|roleplay|role play|in my story|in the story|in my novel|in the game|in game|in minecraft|in valorant|in league|in fortnite|boss fight|respawn|the boss|figur|protagonist|im spiel|mon personnage|dans le jeu|dans mon histoire|mi personaje|en el juego|nel gioco|il mio personaggio|meu personagem|no jogo|персонаж|в игре|в minecraft',
  ),
  'u',
)
const fictionUnspaced = /ゲーム|キャラ|游戏|遊戲|角色/u
const past = new RegExp(
  words(
    'years ago|months ago|when i was|used to|back then|in the past|as a teenager|as a kid|in high school|fruher|damals|vor jahren|als kind|avant|il y a|autrefois|quand jetais|hace anos|hace mucho|antes|cuando era|anni fa|una volta|da ragazzo|da ragazza|anos atras|quando eu era|antigamente|раньше|когда то|лет назад|в детстве',
  ),
  'u',
)

const figureOfSpeech =
  /^ ?(?:laughing|lol|lmao|of (?:laughter|embarrassment|boredom|cringe|cuteness|curiosity|hunger)|from (?:laughing|embarrassment|cringe|cuteness|boredom)|in the foot|for (?:that|this|a) (?:cake|pizza|burger|coffee|dress)|with (?:boredom|laughter)|vor (?:lachen|scham|langeweile|hunger)|de (?:rire|honte|faim|soif|chaud|froid|risa|verguenza|hambre|sueno|aburrimiento|calor|frio|rir|vergonha|fome|sono|tedio|saudade)|dennui|dal ridere|dalla vergogna|di (?:fame|noia|sonno|freddo|caldo)|со смеху|от (?:смеха|стыда|скуки|голода|смущения)|со стыда)/u
const mishap =
  /^ ?(?:shaving|cooking|chopping|on (?:a )?paper|by accident|accidentally|(?:at|in) (?:the )?(?:gym|work|practice|football|training|kitchen)|while (?:shaving|cooking|chopping|running|lifting)|some slack|off a|a (?:slice|piece|break)|short|out of the|beim (?:sport|kochen|rasieren)|en (?:cuisinant|me rasant|cocinando)|cucinando|cozinhando)/u
const compound =
  /^ ?(?:squad|bomb\p{L}*|prevention|awareness|hotline|helpline|rates?|statistics|research|doors?|vests?|mission|attack\p{L}*|by cop|pravention|kings?|boys|girls|note was|politic\p{L}*|economic\p{L}*|career)/u
const compoundBefore = /(?:political|career|social|economic|prevent\p{L}*|against|anti|stop|awareness of)[^\p{L}]+$/u
const measured = /\d ?$/u

/** Figures of speech everywhere; kitchen accidents for harm; "squad", "prevention" for the bare word; 5 kms for kms. */
function isIdiom(rule: CrisisRule, before: string, after: string): boolean {
  if (rule.language === 'ja' || rule.language === 'zh') return idiomAfterUnspaced.test(after)
  const name = rule.id.slice(rule.id.indexOf('/') + 1)
  if (rule.level === 'low') return figureOfSpeech.test(after) || compound.test(after) || compoundBefore.test(before)
  if (harmRules.has(name)) return mishap.test(after)
  return figureOfSpeech.test(after) || (name === 'slang' && measured.test(before))
}

const harmRules = new Set([
  'self-harm',
  'bleeding',
  'ritzen',
  'mich-ritzen',
  'scarifier',
  'cortarme',
  'tagliarmi',
  'cortar',
])
const idiomAfterUnspaced =
  /^(?:ほど|くらい|ぐらい)(?:笑|恥|面白|かわい|可愛|美味|おいし|眠|暑|寒)|^(?:我了|笑|你了)|^(?:片|队|小队|式)/u

/** Why a match is less than it seems; null when nothing says so. */
export function mitigation(rule: CrisisRule, around: Surroundings): Mitigation | null {
  const { before, after } = around
  const { language } = rule
  const unspaced = language === 'ja' || language === 'zh'
  const whole = `${before} ${around.match} ${after}`
  if (isIdiom(rule, before, after)) return 'idiom'
  const denied =
    (negators[language]?.test(before) && !notDenial.test(before) && !contrast.test(lastWords(before, 4))) ||
    negatedAfter[language]?.test(after) ||
    negatedBefore[language]?.test(before)
  if (denied) return 'negated'
  const other = unspaced
    ? thirdPersonUnspaced.test(before)
    : thirdPerson.test(before) && !firstPerson.test(lastWords(before, 2))
  if (other && !firstPerson.test(around.match)) return 'third-person'
  if (unspaced ? fictionUnspaced.test(whole) : fiction.test(` ${whole} `)) return 'fiction'
  if (around.quoted && !selfTold.test(before)) return 'reported'
  if (unspaced ? reportingUnspaced.test(before) : reporting.test(before)) return 'reported'
  if (past.test(before) || past.test(after)) return 'past'
  return null
}

const selfTold = new RegExp(
  words(
    'i (?:said|told|keep|think|thought|say|wrote|texted)|ich (?:sagte|habe gesagt|denke)|jai dit|le dije|ho detto|eu disse|я сказал|я сказала',
  ),
  'u',
)

const lastWords = (text: string, count: number): string => text.trim().split(' ').slice(-count).join(' ')
