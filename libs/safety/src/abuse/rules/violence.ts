import { abuseRules } from '../rule.ts'

const whom =
  '(you|him|her|them|my (wife|husband|boss|mother|father|mom|dad|neighbor|teacher|brother|sister|ex|girlfriend|boyfriend|roommate|coworker|kids|family)|everyone|everybody|that (bitch|bastard|guy|woman|man)|those people|this bitch|people|someone)'

export const violence = [
  ...abuseRules('violence', 0.8, {
    threat: `(im going to|i am going to|im gonna|i will|ill|i want to|i wanna|gonna|going to|planning to|plan to|we will|i swear ill|about to) (fucking|brutally|slowly|personally)? (kill|murder|stab|shoot|strangle|slaughter|behead|torture|beat up|beat|rape|burn|poison|butcher|break (every bone in|the neck of)|choke) ${whom}`,
    'mass-attack':
      '(shoot up|blow up|bomb|attack|burn down) (a|the|my|this|your|our) ~1 (school|church|mosque|synagogue|mall|office|hospital|courthouse|police station|parliament|airport|concert|workplace)',
    'deserves-death':
      '(deserve|deserves|needs|need|ought|should) to? (be)? (die|killed|shot|hanged|tortured|beheaded|executed|stoned|put down|beaten to death) (painfully|slowly|like a dog|in public)?',
    'bring-weapon':
      '(bring|bringing|brought|take|taking) (a|my|the) (gun|rifle|knife|bomb|weapon) to (school|work|class|the office|church)',
    other:
      '(ich bring dich um|ich töte dich|ich werde dich umbringen|ich stech dich ab|je vais te tuer|je vais vous tuer|te voy a matar|voy a matarte|ti ammazzo|ti uccido|vou te matar|eu te mato|я тебя убью|убью тебя|я убью его)',
    'other-unspaced': '(殺してやる|ぶっ殺す|我要杀了你|杀了你)',
  }),
  ...abuseRules('violence', 0.45, {
    mention:
      '(murder|murdered|murders|stabbed|stabbing|shooting spree|beheaded|beheading|massacre|genocide|torture|tortured|slaughtered|strangled|lynched|terrorist attack|executed)',
  }),
]

export const violenceGraphic = abuseRules('violence/graphic', 0.8, {
  gore: '(guts|intestines|entrails|brains|brain matter|blood|organs|eyeballs) ~2 (spilled|spilling|spill|splattered|splattering|gushed|gushing|sprayed|spraying|poured|pouring|ripped|torn|everywhere|oozing|oozed|dripping|squirted|pooled)',
  dismember:
    '(dismember|dismembered|dismembering|disembowel|disemboweled|decapitate|decapitated|decapitating|eviscerated|mutilated (body|corpse|bodies)|flayed|skinned alive|burned alive|gutted (him|her|them|like)|severed (head|limb|arm|leg|hand)|slit (his|her|their) throat|skull (cracked|crushed|shattered|split)|crushed (his|her|their) skull)',
})
