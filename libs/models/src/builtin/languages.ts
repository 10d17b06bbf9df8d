/** What the responder says to people who do not write English: what it is, honestly, and how to get a real model. */
export const selfDescriptions = {
  de: 'Ich bin der eingebaute Antwortgeber von Luna: ein kleines Programm mit festen Regeln, kein Sprachmodell, und ich kann nur Englisch. Für ein echtes Gespräch setze OPENAI_API_KEY oder starte Ollama auf diesem Rechner.',
  fr: "Je suis le répondeur intégré de Luna : un petit programme à règles fixes, sans modèle de langage, et je ne parle qu'anglais. Pour une vraie conversation, définissez OPENAI_API_KEY ou lancez Ollama sur cette machine.",
  es: 'Soy el contestador integrado de Luna: un pequeño programa de reglas fijas, sin modelo de lenguaje, y solo sé inglés. Para conversar de verdad, define OPENAI_API_KEY o inicia Ollama en este equipo.',
  pt: 'Sou o respondedor embutido da Luna: um pequeno programa de regras fixas, sem modelo de linguagem, e só sei inglês. Para conversar de verdade, defina OPENAI_API_KEY ou inicie o Ollama nesta máquina.',
  it: 'Sono il risponditore integrato di Luna: un piccolo programma a regole fisse, senza modello linguistico, e so solo l’inglese. Per una vera conversazione imposta OPENAI_API_KEY o avvia Ollama su questo computer.',
  nl: 'Ik ben de ingebouwde beantwoorder van Luna: een klein programma met vaste regels, geen taalmodel, en ik ken alleen Engels. Stel OPENAI_API_KEY in of start Ollama op deze computer voor een echt gesprek.',
  ru: 'Я встроенный ответчик Luna: маленькая программа с жёсткими правилами, не языковая модель, и знаю только английский. Для настоящего разговора задайте OPENAI_API_KEY или запустите Ollama на этом компьютере.',
  zh: '我是 Luna 的内置应答程序：只有固定规则的小程序，不是语言模型，而且只懂英语。要真正对话，请设置 OPENAI_API_KEY，或在本机启动 Ollama。',
  ja: '私は Luna の内蔵応答プログラムです。決まった規則で動くだけで言語モデルではなく、英語しか扱えません。本当の会話には OPENAI_API_KEY を設定するか、このマシンで Ollama を起動してください。',
  ko: '저는 Luna의 내장 응답 프로그램입니다. 정해진 규칙만 따르며 언어 모델이 아니고 영어만 다룹니다. 진짜 대화를 하려면 OPENAI_API_KEY를 설정하거나 이 컴퓨터에서 Ollama를 실행하세요.',
  ar: 'أنا المجيب المدمج في Luna: برنامج صغير بقواعد ثابتة، لست نموذجًا لغويًا ولا أعرف إلا الإنجليزية. لمحادثة حقيقية عيّن OPENAI_API_KEY أو شغّل Ollama على هذا الجهاز.',
  hi: 'मैं Luna का अंतर्निहित उत्तरदाता हूँ: तय नियमों वाला छोटा प्रोग्राम, कोई भाषा मॉडल नहीं, और केवल अंग्रेज़ी जानता हूँ। असली बातचीत के लिए OPENAI_API_KEY सेट करें या इस मशीन पर Ollama चलाएँ।',
  other:
    'I am the built-in responder of Luna: a small program with fixed rules, no language model, and I only know English. For a real conversation set OPENAI_API_KEY or start Ollama on this machine.',
} as const

export type Language = keyof typeof selfDescriptions

const scripts: readonly (readonly [RegExp, Language])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Devanagari}/gu, 'hi'],
]

const commonWords: readonly (readonly [Language, string])[] = [
  ['de', 'ich du nicht ist und der die das ein eine wie bist bin mir mein meine habe hallo warum danke'],
  ['fr', 'je tu ne pas est et le la les un une des vous suis mon ma bonjour salut pourquoi merci avec'],
  ['es', 'yo tú tu no es y el la los las un una qué estoy soy mi hola por porque gracias con como está'],
  ['pt', 'eu você não é e o a os as um uma que estou sou meu minha olá oi obrigado com como'],
  ['it', 'io tu non è e il lo la gli un una che sono mi mio mia ciao perché grazie con come sto'],
  ['nl', 'ik jij je niet is en de het een wat hoe ben mijn heb hallo waarom dank met'],
]

const englishWords = new Set(
  'i you he she it we they the a an and or but is am are was were be my your me of to in on for with not do does did have has what who why how when where this that hi hello hey yes no ok thanks thank please good so can will would just about like feel'.split(
    ' ',
  ),
)

/** The language of a text when it is clearly not English, else null. Short or mixed texts count as English. */
export function foreignLanguage(text: string): Language | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return null
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (latin < letters / 2) {
    const found = scripts.find(([pattern]) => (text.match(pattern)?.length ?? 0) > 0)
    return found?.[1] ?? 'other'
  }
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const english = words.filter(word => englishWords.has(word)).length
  const scores = commonWords.map(([language, list]) => {
    const known = new Set(list.split(' '))
    return { language, hits: words.filter(word => known.has(word) && !(word === 'a' && english > 0)).length }
  })
  const best = scores.reduce((a, b) => (b.hits > a.hits ? b : a))
  const isOneWord = words.length === 1 && best.hits === 1 && english === 0
  return isOneWord || (best.hits >= 2 && best.hits > english) ? best.language : null
}
