import { crisisRules } from '../rule.ts'

export const english = crisisRules('en', {
  imminent: {
    'took-pills':
      '(took|taken|swallowed|downed|taking|swallowing) (all|all of|a bottle of|a whole bottle of|the whole bottle of|too many|a bunch of|a handful of|loads of|every one of) ~2 (pills|tablets|meds|medication|painkillers|tylenol|paracetamol|antidepressants|benzos|xanax)',
    'took-bottle': '(took|taken|swallowed|downed) (the|a) (whole|entire|full) bottle',
    'means-ready':
      '(pills|rope|gun|noose|razor|razors|blade|knife) (is|are|sits|sitting|lying|lie) ~2 (in front of me|in my hand|in my hands|next to me|beside me|on my lap|around my neck|loaded|to my head)',
    'have-means':
      '(have|got|holding|bought|tied|found) (the|a|my|enough|some) (pills|rope|gun|noose|razor|blade|stash) ~2 (ready|in my hand|in my hands|in front of me|next to me|loaded|for it|waiting|to do it|to die|to end it)',
    noose: 'noose (around|round) my neck',
    'gun-to-head': '(gun|pistol) (to|against|at) my (head|temple)',
    'at-height':
      '(standing|sitting|stood|am|im) on (the|a) (edge of|ledge|wrong side of|railing|parapet|roof of|train tracks|tracks)',
    'about-to':
      '(about to|going to|gonna|ready to) (jump off|jump from|jump in front of|step off|step in front of|pull the trigger|slit my|cut my wrists|hang myself|overdose|swallow)',
    'suicide-note':
      '(wrote|writing|written|finished|left|leaving) (my|a|the) (suicide note|suicide letter|goodbye letter|goodbye letters|goodbye note|farewell letter|farewell note|final letter)',
    'last-message':
      '(this is|these are|here is) my (goodbye|good bye|last message|final message|last words|last goodbye|last night alive|suicide note)',
    'not-here-tomorrow':
      '(wont|will not|not going to|not gonna) be (here|alive|around) (tomorrow|in the morning|by morning|by tomorrow|after tonight)',
    'tonight-last': '(tonight is|today is|this is|tomorrow is) (my last (night|day)|the night i|the day i (die|end))',
    plan: '(have|got|made|making) (a|my) (plan|date) (to|for) (die|kill myself|end it|end my life|my suicide|my death|ending it)',
    'do-it-now':
      '(going to|gonna|will) (do it|end it|end it all|end everything) (tonight|right now|today|now|this evening|soon as)',
    bleeding: '(cut|slit|slashed) my (wrist|wrists|veins|throat)',
  },
  high: {
    'want-to-die!':
      '(want|wanna|wanted|wish|wishing|need|going|gonna|rather|like|love|planning|plan|hoping|hope|trying|try|decided|deserve|ready|about) to? (just|really|simply|fucking|finally|fckn)? (die|be dead|end myself|not exist|stop existing|cease to exist|not be alive|end my life|end it all|commit suicide|be gone forever|fall asleep forever)',
    'kill-myself!':
      '(kill|killing|murder|murdering|hang|hanging|shoot|shooting|drown|drowning|stab|stabbing|poison|unalive|unaliving|off|offing|overdose) (myself|my self|meself)',
    'end-life!': '(end|ending|take|taking|finish|finishing) (my life|my own life|my existence|it all)',
    'jump!':
      '(jump|jumping|throw myself|throwing myself) (off|from|in front of) (a|the|my|some) (bridge|roof|building|balcony|train|cliff|truck|bus|subway|window)',
    'wish-dead': 'wish i (was|were|could be) (dead|gone|never born)',
    'dont-care-die':
      '(dont|do not|wouldnt) (even|really)? (care|mind) (if|whether) (i)? (die|died|live or die|wake up)',
    glued: '(iwanttodie|iwannadie|wanttodie|wannadie|endmylife|enditall|dontwanttolive|killmenow)',
    'wish-not-born': '(wish (id never|i had never|was never|were never|hadnt) been? born|should never have been born)',
    'wish-die':
      'wish i (could|would|might) (just|simply)? (die|not wake up|never wake up|stop existing|disappear forever)',
    suicidal: '(im|i am|feel|feeling|felt|been|being|become|getting) (so|really|very|pretty|actually|quite)? suicidal',
    'suicidal-thoughts': '(suicidal|suicide) (thoughts|thought|ideation|urges|feelings|tendencies|plans|plan)',
    'think-suicide':
      '(thinking|think|thought|thoughts|fantasize|fantasizing|dream|dreaming|contemplating|considering|considered|consider) (about|of)? (constantly|committing|my)? (suicide|killing myself|ending it|ending my life|my own death|dying|not being alive)',
    'commit-suicide!': '(commit|committing|attempt|attempted|attempting) suicide',
    attempt:
      '(suicide attempt|tried to (kill myself|end my life|end it all|die|take my own life)|attempted to (kill myself|end my life|take my own life))',
    slang:
      '(kms|sewerslide|sewer slide|toaster bath|self delete|delete myself|game end myself|commit sudoku|self exit)',
    'not-alive':
      '(dont|do not|no longer|not|never) (really|even|actually)? (want|wanna|wish) to? (live|be alive|exist|wake up|keep living|go on living|continue living|stay alive|see tomorrow)',
    'not-be-here':
      '(dont|do not|no longer|not) (really|even)? (want|wanna) to? be (here|on this earth|on this planet|in this world|around) (any more|anymore|any longer)',
    'no-reason':
      '(no|any|dont see a|without a|lost my|lost the|lost all|no more) (reason|point|purpose|will|desire) (to|in|for) (me to)? (live|living|go on|going on|keep going|be alive|being alive|stay alive|keep living|exist)',
    'nothing-to-live': '(nothing|nothing left|no one|nobody) (left)? to live for',
    'better-off':
      '(better|happier|best) (off)? (without me|if i (was|were|wasnt|werent) (dead|gone|here|around|alive)|if i (died|disappeared|didnt exist)|dead|when im gone)',
    'not-missed':
      '(no one|nobody|no body|noone) (would|will) (even|really)? (miss|notice|care) (me)? (if|when) (i|im|i am) (was|were)? (died|die|dead|gone|disappeared|killed myself)',
    'sleep-forever': '(go to sleep|fall asleep|close my eyes|sleep) (and|forever and) (never|not) (wake|open)',
    'not-wake': '(hope|hoping|pray|praying|wish) (that)? (i|to) (dont|do not|never|wont|not|didnt) wake up',
    'tired-of-life': '(tired|sick|done|so done) (of|with) (living|life itself|being alive|existing|this life|my life)',
    'life-not-worth': '(life|living|it) (isnt|is not|aint|not|is no longer|just isnt) worth (living|it anymore)',
    'self-harm':
      '(cut|cutting|cuts|hurt|hurting|harm|harming|burn|burning|starve|starving|punish|punishing) (myself|my arms|my wrists|my thighs|my legs)',
    'self-harm-noun':
      '(self harm|selfharm|self harming|self harmed|self injury|self injure|self mutilate*|relapsed ~2 (cutting|self harm))',
    'how-to-die':
      '(how to|how do i|how can i|ways to|way to|easiest way to|painless way to|best way to|quickest way to|methods to|how many pills to) (painlessly|quickly|peacefully)? (die|kill myself|end my life|commit suicide|end it all|take my own life)',
    'lethal-dose': '(lethal|fatal|deadly) dose',
    'painless-death': '(painless|peaceful|quick|easy) (death|suicide|way out)',
    'will-not-stop-me': '(nothing|nobody|no one) can stop me (from)? (dying|now|killing)',
  },
  low: {
    suicide: '(suicide|suicidal|unalive)',
    'cannot-go-on':
      '(cant|cannot|can not|dont think i can|not sure i can|dont know if i can|dont know how much longer i can) (go on|do this|take it|take this|keep going|live like this|bear it|bear this|handle this|hold on|carry on|cope) (any more|anymore|any longer|much longer)',
    'cannot-go-on-bare': '(i cant|i cannot) (go on|keep going|hold on much)',
    disappear: '(want|wanna|wish i could|need) to? (just)? (disappear|vanish|fade away|be gone|sleep forever)',
    'make-it-stop':
      '(want|wanna|need) (it|this|everything|it all|all this|the pain|the voices) to? (all|just)? (stop|end|be over|go away)',
    'no-point':
      '(whats|what is|what was|there is no|theres no|see no|dont see the|no) (even)? (the)? point (of|in|to)? (anything|living|any of this|life|trying|anymore|it all)',
    'nothing-matters': 'nothing (really)? matters (any more|anymore|to me anymore)',
    burden:
      '(im|i am|being|just|only|feel like) (just|only|such)? a (burden|waste of space|waste of air|waste of oxygen)',
    hopeless:
      '(theres|there is|see|feel|lost all|no) (no|completely|so|totally)? (hope left|hopeless|hope for me|hope anymore)',
    'no-way-out': '(no|dont see a|cant see a|only|see no) (other)? (way out|escape from this|exit left)',
    'give-up': '(giving up on|give up on|gave up on|given up on|ready to give up on) (life|everything|myself|living)',
    'hate-life': 'i (hate|despise|loathe) (my life|being alive|myself|living|existing)',
    'giving-away': '(giving|gave|given) away (all)? (of)? (my|all my) (things|stuff|belongings|possessions|pets)',
    goodbye:
      '(say|saying|said) (my)? (goodbye|goodbyes|farewell) to (everyone|everybody|my family|all my friends|my kids|the world)',
    numb: '(feel|feeling|am) (so|completely|totally|nothing but)? (empty inside|dead inside|numb inside)',
    'nobody-cares':
      '(nobody|no one|noone) (would|will|even)? (care|cares|notice|miss) (about me|me|if i (vanish|vanished|left|was gone))',
    'catch-the-bus': '(ctb|final exit|catching the bus soon)',
  },
})
