import type { Language } from '../crisis/rule.ts'

export interface CardText {
  title: string
  /** `{emergency}` is replaced by the number. */
  body: string
  /** When the region is not known. */
  bodyAnywhere: string
}

export const cardTexts: Readonly<Record<Language, CardText>> = {
  en: {
    title: 'You do not have to go through this alone',
    body: 'What you wrote sounds very hard. I am an AI and cannot give you the help you deserve right now, but there are people who can listen, free and in confidence. If you are in danger, call {emergency} now.',
    bodyAnywhere:
      'What you wrote sounds very hard. I am an AI and cannot give you the help you deserve right now, but there are people who can listen, free and in confidence. If you are in danger, call your local emergency number now (112 or 911 in many countries).',
  },
  de: {
    title: 'Du musst da nicht allein durch',
    body: 'Was du schreibst, klingt sehr schwer. Ich bin eine KI und kann dir jetzt nicht die Hilfe geben, die du verdienst. Es gibt Menschen, die dir zuhören, kostenlos und vertraulich. Wenn du in Gefahr bist, ruf sofort {emergency} an.',
    bodyAnywhere:
      'Was du schreibst, klingt sehr schwer. Ich bin eine KI und kann dir jetzt nicht die Hilfe geben, die du verdienst. Es gibt Menschen, die dir zuhören, kostenlos und vertraulich. Wenn du in Gefahr bist, ruf sofort den Notruf an (in Europa 112).',
  },
  fr: {
    title: "Tu n'as pas à traverser cela seul·e",
    body: "Ce que tu écris a l'air très dur. Je suis une IA et je ne peux pas t'apporter l'aide que tu mérites en ce moment. Des personnes peuvent t'écouter, gratuitement et en toute confidentialité. Si tu es en danger, appelle tout de suite le {emergency}.",
    bodyAnywhere:
      "Ce que tu écris a l'air très dur. Je suis une IA et je ne peux pas t'apporter l'aide que tu mérites en ce moment. Des personnes peuvent t'écouter, gratuitement et en toute confidentialité. Si tu es en danger, appelle tout de suite les urgences (112 en Europe).",
  },
  es: {
    title: 'No tienes que pasar por esto en soledad',
    body: 'Lo que escribes suena muy duro. Soy una IA y no puedo darte la ayuda que mereces en este momento, pero hay personas que pueden escucharte, gratis y de forma confidencial. Si estás en peligro, llama ahora al {emergency}.',
    bodyAnywhere:
      'Lo que escribes suena muy duro. Soy una IA y no puedo darte la ayuda que mereces en este momento, pero hay personas que pueden escucharte, gratis y de forma confidencial. Si estás en peligro, llama ahora al número de emergencias de tu país (112 o 911 en muchos).',
  },
  it: {
    title: 'Non devi affrontarlo da solo',
    body: "Quello che scrivi sembra molto difficile. Sono un'IA e non posso darti l'aiuto che meriti in questo momento, ma ci sono persone pronte ad ascoltarti in modo riservato. Se sei in pericolo, chiama subito il {emergency}.",
    bodyAnywhere:
      "Quello che scrivi sembra molto difficile. Sono un'IA e non posso darti l'aiuto che meriti in questo momento, ma ci sono persone pronte ad ascoltarti in modo riservato. Se sei in pericolo, chiama subito il numero di emergenza (112 in Europa).",
  },
  pt: {
    title: 'Você não precisa passar por isso sem ajuda',
    body: 'O que você escreveu parece muito difícil. Sou uma IA e não posso dar a ajuda que você merece agora, mas há pessoas que podem ouvir você, com sigilo. Se você está em perigo, ligue agora para {emergency}.',
    bodyAnywhere:
      'O que você escreveu parece muito difícil. Sou uma IA e não posso dar a ajuda que você merece agora, mas há pessoas que podem ouvir você, com sigilo. Se você está em perigo, ligue agora para o número de emergência do seu país (112 em Portugal, 192 no Brasil).',
  },
  ru: {
    title: 'Вы не обязаны справляться с этим в одиночку',
    body: 'То, что вы пишете, звучит очень тяжело. Я искусственный интеллект и не могу дать вам помощь, которой вы сейчас заслуживаете, но есть люди, которые готовы выслушать вас анонимно. Если вам грозит опасность, позвоните сейчас: {emergency}.',
    bodyAnywhere:
      'То, что вы пишете, звучит очень тяжело. Я искусственный интеллект и не могу дать вам помощь, которой вы сейчас заслуживаете, но есть люди, которые готовы выслушать вас анонимно. Если вам грозит опасность, позвоните сейчас в экстренную службу (112 во многих странах).',
  },
  hi: {
    title: 'आपको यह अकेले नहीं सहना है',
    body: 'आपने जो लिखा है वह बहुत कठिन लगता है। मैं एक AI हूँ और इस समय आपको वह मदद नहीं दे सकता जिसके आप हक़दार हैं, लेकिन ऐसे लोग हैं जो आपकी बात गोपनीय रूप से सुन सकते हैं। यदि आप ख़तरे में हैं, तो अभी {emergency} पर कॉल करें।',
    bodyAnywhere:
      'आपने जो लिखा है वह बहुत कठिन लगता है। मैं एक AI हूँ और इस समय आपको वह मदद नहीं दे सकता जिसके आप हक़दार हैं, लेकिन ऐसे लोग हैं जो आपकी बात गोपनीय रूप से सुन सकते हैं। यदि आप ख़तरे में हैं, तो अभी आपातकालीन नंबर (भारत में 112) पर कॉल करें।',
  },
  ja: {
    title: 'ひとりで抱えなくて大丈夫です',
    body: 'とてもつらい状況なのだと思います。私はAIで、いまあなたに必要な助けを十分に届けることができません。秘密を守って話を聴いてくれる人がいます。危険が迫っているときは、すぐに {emergency} に電話してください。',
    bodyAnywhere:
      'とてもつらい状況なのだと思います。私はAIで、いまあなたに必要な助けを十分に届けることができません。秘密を守って話を聴いてくれる人がいます。危険が迫っているときは、すぐにお住まいの地域の緊急番号（日本では119または110）に電話してください。',
  },
  zh: {
    title: '你不必独自承受这一切',
    body: '你写的这些听起来非常艰难。我是人工智能，此刻无法给你应得的帮助，但有人愿意保密地倾听你。如果你正处于危险之中，请立即拨打 {emergency}。',
    bodyAnywhere:
      '你写的这些听起来非常艰难。我是人工智能，此刻无法给你应得的帮助，但有人愿意保密地倾听你。如果你正处于危险之中，请立即拨打当地的紧急电话（中国大陆 120 或 110）。',
  },
}
