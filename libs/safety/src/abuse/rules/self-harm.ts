import { abuseRules } from '../rule.ts'

/** What the content is, not how the person is: for that see crisis/. Instructions and encouragement weigh most. */
export const selfHarm = [
  ...abuseRules('self-harm', 0.9, {
    method:
      '(how to|how do i|how can i|ways to|way to|easiest way to|best way to|painless way to|methods to|steps to|guide to|instructions (to|for)|how many pills to) (painlessly|quickly|safely)? (kill myself|kill yourself|commit suicide|hang myself|hang yourself|end my life|end your life|cut myself|cut yourself|cutting|die painlessly|overdose|starve myself|starve yourself|purge)',
    'tie-noose': '(tie|make|making|tying|prepare) (a|the|your) noose',
    'lethal-dose': '(lethal|fatal|deadly) (dose|amount|combination|overdose) of',
    'pro-ana': '(pro ana|proana|pro mia|thinspo|thinspiration|ana tips|meanspo|ana buddy)',
    'cut-deeper':
      '(cut|slice|slit|slash) (deeper|vertically|along the vein|your wrist|your wrists|your arm|your arms|your thigh|your thighs)',
    encourage:
      '(you should|you need to|just|go ahead and|its ok to|it is okay to|why dont you|you deserve to|you ought to|its time to|time for you to) (just|really)? (kill yourself|end your life|end it all|hurt yourself|cut yourself|die|jump off|take the pills|swallow the pills|pull the trigger|starve yourself)',
    'better-dead':
      '(youre|you are|you would be|youd be|everyone would be|the world would be|theyd be|they would be) better off (dead|without you|if you were dead|if you died)',
    'die-together': '(lets|let us|we can|we could|we will) (die|end it all|end our lives|kill ourselves) together',
    'no-one-will-miss': '(no one|nobody) (would|will) (miss|care about|mourn) you',
  }),
  ...abuseRules('self-harm', 0.6, {
    mention:
      '(kill myself|killing myself|end my life|ending my life|commit suicide|committed suicide|suicidal|want to die|wanna die|self harm|cutting myself|cut myself|hurt myself|hurting myself|slit my wrists|overdose on|overdosed on|starve myself|starving myself|anorexia|anorexic|bulimia|bulimic|purging|hang myself|shoot myself|my suicide|suicide note|take my own life|selbstmord|suizid|mich umbringen|me suicider|me tuer|suicidarme|matarme|suicidarmi|uccidermi|me matar|убить себя|покончить с собой|самоубийство)',
    'mention-unspaced': '(死にたい|自殺|自杀|想死)',
  }),
]
