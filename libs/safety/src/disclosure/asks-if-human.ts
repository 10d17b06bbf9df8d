import { foldText } from '../lexical/characters.ts'

/** Whether somebody asks if they talk with a human, in the ten languages of the cards. Folded text, apostrophes left out. */
const questions =
  /\b(?:are|r|is) (?:you|u|this|there) (?:really |actually |just |even )?(?:a |an )?(?:real (?:person|human|man|woman|girl|boy|guy)|human|real|bot|chatbot|robot|ai|machine|computer|(?<=a |real |you |u )person|program)\b|\bam i (?:talking|speaking|chatting|writing) (?:to|with) (?:a |an )?(?:real |actual )?(?:person|human|bot|ai|machine|computer|robot)\b|\b(?:bist du|sind sie|ist das hier) (?:denn |wirklich |eigentlich |nur )*(?:ein |eine |n )?(?:echter |richtiger |echte )?(?:mensch|bot|roboter|ki|maschine|person|computer|echt)\b|\b(?:es tu|tu es|etes vous|vous etes) (?:vraiment |reellement )?(?:un |une )?(?:vraie? |etre )?(?:humaine?|robot|bot|ia|machine|personne)\b|\b(?:eres|es usted|sos) (?:de verdad |realmente )?(?:un |una )?(?:humano|humana|persona(?: real)?|robot|bot|ia|maquina|real)\b|\b(?:sei|lei e) (?:davvero |veramente )?(?:un |una |uno )?(?:umano|umana|persona(?: vera)?|essere umano|robot|bot|ia|macchina|reale)\b|\b(?:voce e|es|tu es) (?:mesmo |realmente )?(?:um |uma )?(?:humano|humana|pessoa(?: real| de verdade)?|robo|bot|ia|maquina|real)\b|(?:^|[^\p{L}])(?:ты|вы) (?:правда |действительно |вообще )?(?:человек|бот|робот|живой|живая|настоящий|настоящая|ии|машина)(?:$|[^\p{L}])|(?:तुम|आप|तू) (?:क्या )?(?:सच में )?(?:एक )?(?:इंसान|रोबोट|बॉट|मशीन|असली)|\b(?:kya )?(?:tum|aap|tu) (?:sach me |ek )?(?:insaan|robot|bot|machine|asli)\b|(?:あなた|君|きみ)は?(?:本当に)?(?:人間|ロボット|ai|機械|ボット)|你是(?:不是)?(?:真)?(?:的)?(?:人|真人|人类|机器人|ai|机器)/u

const readAtMost = 2_000

export const asksIfHuman = (text: string): boolean =>
  questions.test(foldText(text.slice(0, readAtMost)).replace(/\s+/g, ' '))
