import { abuseRules } from '../rule.ts'

/** Only what is plain in the words: a survivor's account or a lesson on protection must pass. */
export const sexualMinors = abuseRules('sexual/minors', 0.95, {
  'child-porn':
    '(child|kiddie|kiddy|underage|preteen|minor|toddler|infant|teen) (porn|pornography|porno|erotica|sex video|sex videos|nudes|nude|hentai)',
  'sex-with':
    '(sex|intercourse|making love|sleep|slept|fuck|fucking|fucked|have sex|having sex|had sex) (with)? (a|an|the|my|some|this)? ~1 (child|kid|minor|toddler|preteen|underage (girl|boy)|little (girl|boy)|schoolgirl|schoolboy|loli|shota)',
  'naked-minor':
    '(naked|nude|nudes of|topless|horny|sexy|slutty|erotic) ~1 (child|children|kids|toddler|preteen|preteens|little girl|little girls|little boy|little boys|schoolgirl|schoolgirls|loli|lolis|shota|minors)',
  'aged-act':
    '(six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|6|7|8|9|10|11|12|13|14|15) (year old|years old|yr old|yo) ~3 (nude|naked|porn|hentai|horny|fuck|fucked|fucking|blowjob|orgasm|moan*|undress*|seduc*|erotic|masturbat*)',
  'act-aged':
    '(porn|erotica|smut|hentai|sex story|sex scene|nude|naked|fuck|fucks|fucking|blowjob|seduce|seduces|seduced|undress|undresses|horny) ~3 (six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|6|7|8|9|10|11|12|13|14|15) (year old|years old|yr old|yo)',
  'loli-genre':
    '(lolicon|shotacon|loli porn|loli hentai|loli sex|shota porn|pedo porn|cp trade|trade cp|cp links|jailbait (pics|nudes|porn))',
  'roleplay-minor':
    '(roleplay|rp|pretend|pretending|act as|play) ~3 (underage|child|minor|little girl|schoolgirl|12 year old|13 year old|14 year old|15 year old) ~4 (sex|sexual|sexually|naked|fuck|horny|seduc*|erotic|lewd)',
  kinderporno:
    '(kinderporno|kinderpornographie|pornographie infantile|pédopornographie|pedopornografia|pornografía infantil|pornografia infantil|детское порно|детская порнография)',
  'kinderporno-unspaced': '(幼女エロ|儿童色情|児童ポルノ)',
})

export const sexual = [
  ...abuseRules('sexual', 0.85, {
    'explicit-act':
      '(blowjob|blow job|handjob|hand job|deepthroat|deep throat|cumshot|creampie|gangbang|gang bang|bukkake|rimjob|anal sex|oral sex|rough sex|fellatio|cunnilingus|titfuck|threesome|doggystyle|doggy style)',
    'explicit-part':
      '(my|your|her|his|hard|throbbing|wet|dripping|tight|huge|thick|erect) ~1 (cock|cocks|dick|pussy|cunt|clit|vagina|penis|tits|boobs|asshole|erection|nipples|balls deep)',
    'explicit-verb':
      '(fuck me|fuck you hard|fucked me|fucking me|fucks her|fucked her|fucking her|fucks him|suck my|sucking my|sucked his|sucks his|lick my (pussy|clit|balls)|ride me|ride his|cum in|cum on|cum inside|cumming|make you cum|made her cum|cums in|jerk off|jerking off|jerked off|masturbate|masturbating|masturbation|masturbates|fingering|fingered (her|myself))',
    'explicit-scene': '(moaned|moans|moaning) ~4 (thrust|thrusts|thrusting|cock|pussy|orgasm|deeper|harder)',
    'explicit-thrust':
      '(thrust|thrusts|thrusting|thrusted) ~4 (inside (her|him|me|you)|into (her|him|me|you)|pussy|deeper|cock)',
    porn: '(porn|porno|pornhub|onlyfans nudes|hentai|xxx video|send nudes|nudes|nude (pics|pictures|photos)|sexting|sex (scene|story|stories|video|tape|slave|toy|toys|chat))',
    aroused:
      '(horny|so wet for|turned on|orgasm|orgasms|orgasmic|climaxed|aroused|erotic|erotica|slutty|kinky|bdsm|fetish|naked body|stripped naked)',
    other:
      '(ficken|fick mich|blasen|titten|muschi|schwanz lutschen|wichsen|baise moi|suce ma|sucer ma|bite dans|follar|fóllame|coger conmigo|mamada|chúpame|scopami|scopare|pompino|boquete|me foder|foder|трахни|трахать|отсоси|минет)',
    'other-unspaced': '(おちんちん|まんこ|フェラ|セックスしたい|做爱|口交|操我|鸡巴)',
  }),
  ...abuseRules('sexual', 0.4, {
    mild: '(sex|sexy|sexual|nude|naked|boobs|breasts|tits|kiss me|make love|making love)',
  }),
]
