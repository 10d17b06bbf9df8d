import type { Language } from '../crisis/rule.ts'

/** What is said of what answers here, and of taking a break. */
interface Notices {
  disclosure: string
  again: string
  break: string
}

const notices: Readonly<Record<Language, Notices>> = {
  en: {
    disclosure:
      'You are talking with an AI, not a human. It can be wrong, and it is no substitute for professional help.',
    again: 'Welcome back. A reminder: you are talking with an AI, not a human.',
    break: 'You have been here for three hours. How about a break? The conversation will wait for you.',
  },
  de: {
    disclosure:
      'Du sprichst mit einer KI, nicht mit einem Menschen. Sie kann sich irren und ersetzt keine fachliche Hilfe.',
    again: 'Willkommen zurück. Zur Erinnerung: Du sprichst mit einer KI, nicht mit einem Menschen.',
    break: 'Du bist seit drei Stunden hier. Wie wäre es mit einer Pause? Das Gespräch wartet auf dich.',
  },
  fr: {
    disclosure:
      'Vous parlez avec une IA, pas avec un être humain. Elle peut se tromper et ne remplace pas une aide professionnelle.',
    again: 'Bon retour. Pour rappel : vous parlez avec une IA, pas avec un être humain.',
    break: 'Vous êtes ici depuis trois heures. Et si vous faisiez une pause ? La conversation vous attend.',
  },
  es: {
    disclosure: 'Hablas con una IA, no con una persona. Puede equivocarse y no sustituye la ayuda profesional.',
    again: 'Hola de nuevo. Recuerda: hablas con una IA, no con una persona.',
    break: 'Llevas tres horas aquí. ¿Qué tal un descanso? La conversación te espera.',
  },
  it: {
    disclosure:
      'Stai parlando con una IA, non con una persona. Può sbagliare e non sostituisce un aiuto professionale.',
    again: 'Bentornato. Ricorda: stai parlando con una IA, non con una persona.',
    break: 'Sei qui da tre ore. Che ne dici di una pausa? La conversazione ti aspetta.',
  },
  pt: {
    disclosure:
      'Você está conversando com uma IA, não com uma pessoa. Ela pode errar e não substitui ajuda profissional.',
    again: 'Que bom ver você de novo. Lembrete: você conversa com uma IA, não com uma pessoa.',
    break: 'Você está aqui há três horas. Que tal uma pausa? A conversa espera por você.',
  },
  ru: {
    disclosure:
      'Вы говорите с искусственным интеллектом, а не с человеком. Он может ошибаться и не заменяет помощь специалиста.',
    again: 'С возвращением. Напоминаем: вы говорите с искусственным интеллектом, а не с человеком.',
    break: 'Вы здесь уже три часа. Может быть, сделать перерыв? Разговор вас подождёт.',
  },
  hi: {
    disclosure: 'आप एक AI से बात कर रहे हैं, किसी इंसान से नहीं। यह ग़लत हो सकता है और पेशेवर मदद की जगह नहीं ले सकता।',
    again: 'फिर से स्वागत है। याद दिला दें: आप एक AI से बात कर रहे हैं, किसी इंसान से नहीं।',
    break: 'आप तीन घंटे से यहाँ हैं। थोड़ा आराम कर लें? बातचीत आपका इंतज़ार करेगी।',
  },
  ja: {
    disclosure: 'お話ししている相手は人間ではなくAIです。間違えることがあり、専門家の助けの代わりにはなりません。',
    again: 'おかえりなさい。お話ししている相手は人間ではなくAIです。',
    break: '三時間が経ちました。少し休憩しませんか。会話はここで待っています。',
  },
  zh: {
    disclosure: '与你对话的是人工智能，不是真人。它可能会出错，也不能代替专业帮助。',
    again: '欢迎回来。提醒一下：与你对话的是人工智能，不是真人。',
    break: '你已经在这里三个小时了。休息一下怎么样？对话会等着你。',
  },
}

/** @param languages Accept-Language of whoever reads; English where none of it is known */
export function noticeText(kind: keyof Notices, languages = ''): string {
  for (const tag of languages.toLowerCase().slice(0, 500).split(',')) {
    const language = tag.trim().slice(0, 2)
    if (Object.hasOwn(notices, language)) return notices[language as Language][kind]
  }
  return notices.en[kind]
}
