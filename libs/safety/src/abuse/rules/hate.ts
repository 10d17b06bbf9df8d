import { abuseRules } from '../rule.ts'

const groups =
  '(jews|jew|muslims|muslim|blacks|black people|whites|white people|gays|gay people|homosexuals|lesbians|trans people|transgenders|immigrants|migrants|refugees|foreigners|arabs|asians|chinese people|mexicans|indians|africans|gypsies|roma people|christians|hindus|women|latinos|hispanics|disabled people|juden|ausländer|flüchtlinge|moslems|juifs|arabes|noirs|musulmans|judíos|negros|musulmanes|inmigrantes|ebrei|neri|judeus|евреи|евреев|мусульман|черных)'
const inhuman =
  '(vermin|subhuman|subhumans|animals|cockroaches|rats|parasites|filth|scum|a disease|a plague|a cancer|trash|garbage|inferior|savages|apes|monkeys|demons|criminals|terrorists|rapists|untermenschen|ungeziefer|abschaum|sous hommes|vermine|escoria|basura|feccia|escória|lixo)'

export const hate = [
  ...abuseRules('hate', 0.9, {
    slurs:
      '(nigger|niggers|nigga whore|faggot|faggots|kike|kikes|spic|spics|wetback|wetbacks|chink|chinks|gook|gooks|raghead|ragheads|towelhead|sandnigger|coon|coons|tranny|trannies|shemale freak|paki scum|dyke bitch|kanake|kanaken|judensau|neger|schwuchtel|bougnoule|bougnoules|youpin|sale arabe|sale juif|sudaca|sudacas|maricón de mierda|frocio di merda|негр вонючий|жид|жиды|хач|чурка|чурки|пидорас)',
  }),
  ...abuseRules('hate', 0.8, {
    inhuman: `${groups} (are|is|sind|sont|son|sono|são|это) (all|just|nothing but|only|basically|alle|nur|tous|todos|tutti)? (a bunch of|like)? ${inhuman}`,
    'hate-them': `(i hate|we hate|hate all|fuck the|fuck all|death to|down with|get rid of|go home|ich hasse|je hais|odio a los|odio gli|odeio|ненавижу) (all|the|all the|those|alle|tous les|todos los|tutti)? ${groups}`,
    'do-not-belong': `${groups} (should|shouldnt|should not|dont|do not|must) (not)? (be allowed|have rights|belong|exist|be banned|be deported|go back|vote|breed|reproduce)`,
    conspiracy:
      '(jews|the jews|jewish people) (control|run|own|rule) (the world|the media|the banks|everything|hollywood)',
    supremacy:
      '(white power|white supremacy is|heil hitler|sieg heil|gas the|hitler was right|hitler did nothing wrong|race traitor|race war now|great replacement|14 88|1488)',
  }),
]

export const hateThreat = abuseRules('hate/threat', 0.9, {
  exterminate: `(kill|exterminate|gas|shoot|hang|lynch|burn|behead|eradicate|wipe out|slaughter|murder|annihilate|vergasen|abknallen|tuer|exterminer|matar a|exterminar|uccidere|sterminare|убить|убивать|вешать) (all|every|all the|every last|all of the|these|those|alle|tous les|todos los|tutti)? (the|gli|os|los|les|всех)? ${groups}`,
  'should-die': `(all)? ${groups} (should|must|deserve to|need to|have to|sollen|müssen|doivent|deben|devono|devem|должны) (all)? (die|be killed|be shot|be hanged|be exterminated|be gassed|be burned|be executed|sterben|mourir|morir|morire|morrer|умереть|сдохнуть)`,
  'slur-threat':
    '(kill|shoot|hang|lynch|beat|burn) (all|the|these|those|that|every|some)? (nigger|niggers|faggot|faggots|kikes|spics|trannies)',
})

export const harassment = [
  ...abuseRules('harassment', 0.85, {
    'kill-yourself':
      '(kys|kill your self|kill yourself|kill urself|go die|go and die|hang yourself|neck yourself|drink bleach|off yourself|end yourself|slit your wrists|jump off a (bridge|cliff|building)|do the world a favor and die|bring dich um|häng dich auf|va te pendre|va te tuer|suicide toi|mátate|ammazzati|se mata|убей себя|сдохни|убейся)',
    'kill-yourself-unspaced': '(死ね|去死吧|你去死)',
    worthless:
      '(you|youre|you are|ur|u r) (such)? (a|an|just a|nothing but a|all)? (fucking|stupid|ugly|fat|worthless|pathetic|dumb)? (worthless|pathetic loser|piece of shit|waste of (space|oxygen|air|life)|retard|retarded|bitch|whore|slut|cunt|moron|fat pig|disgusting pig|subhuman)',
    'nobody-likes': '(nobody|no one) (likes|loves|wants|will ever love|would miss|cares about) you',
    'shut-up':
      '(shut the fuck up|fuck you|fuck off|go fuck yourself|eat shit|suck my dick|piece of shit|halt die fresse|fick dich|hurensohn|ta gueule|fils de pute|va te faire foutre|nique ta mère|hijo de puta|vete a la mierda|puta madre|vaffanculo|figlio di puta|pezzo di merda|vai tomar no cu|filho da puta|иди нахуй|пошел нахуй|сука блядь)',
    'shut-up-unspaced': '(傻逼|操你妈|くたばれ)',
  }),
]
