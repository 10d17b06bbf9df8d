import { abuseRules } from '../rule.ts'

const how =
  '(how to|how do i|how can i|how do you|how would i|how would one|steps to|instructions (for|to|on)|recipe for|guide (to|for|on)|tell me how to|teach me (how)? to|show me how to|explain how to|help me|ways to|best way to|where can i|where to|where do i)'

export const illicit = abuseRules('illicit', 0.85, {
  explosives: `${how} (make|making|build|building|construct|assemble|create|detonate) (a|an|the|my own)? (home made|homemade|pipe|nail|dirty|car|fertilizer|pressure cooker)? (bomb|bombs|explosive|explosives|grenade|molotov|molotov cocktail|ied|detonator|tatp|c4|thermite|napalm)`,
  weapons: `${how} (make|making|build|print|3d print|buy|get|obtain|convert) (a|an|my|some)? (untraceable|illegal|unregistered|ghost|fully automatic|automatic|home made)? (ghost gun|untraceable gun|illegal gun|unregistered gun|machine gun|silencer|nerve gas|sarin|ricin|anthrax|nerve agent|chemical weapon|biological weapon|bioweapon|dirty bomb)`,
  'drug-making': `${how} (cook|cooking|make|making|synthesize|synthesise|produce|manufacture|extract|grow) (some|my own|pure)? (meth|methamphetamine|crystal meth|mdma|ecstasy|heroin|cocaine|crack|lsd|fentanyl|ghb|dmt)`,
  'drug-buying': `${how} (buy|get|order|find|sell|smuggle|deal) (some|a gram of|illegal)? (meth|cocaine|heroin|fentanyl|crack|mdma|ecstasy|ketamine|oxycontin|drugs)`,
  hacking: `${how} (hack|hack into|break into|phish|ddos|crack|steal|spoof|bypass) (a|an|the|my|someones|someone elses|somebodys|her|his|their|into)? ~1 (account|instagram|facebook|password|passwords|email|wifi|bank account|credit card|credit cards|phone|identity|server|website|icloud|snapchat|gmail|whatsapp)`,
  malware: `(write|create|code|make|build|develop|give) (me)? (a|an|some)? (ransomware|malware|keylogger|computer virus|trojan|botnet|phishing (email|page|site)|worm virus)`,
  fraud: `${how} (launder|laundering|counterfeit|forge|fake|print|clone|steal|evade) (my|some|a|the)? (money|cash|passport|passports|id|ids|credit card|credit cards|checks|taxes|prescription|drivers license|identity)`,
  'get-away': `${how} (get away with|commit|cover up|hide|dispose of) (a|the|my)? (murder|perfect murder|crime|dead body|body|corpse|rape|arson|robbery|shoplifting|the evidence)`,
  'drug-rape': '(roofie|roofies|rohypnol|date rape drug|spike (her|his|someones) drink|drug (her|his) drink)',
  trafficking: `${how} (traffic|smuggle|kidnap|abduct|groom|lure) (a|an|some|the)? (person|people|humans|child|children|girl|girls|kid|kids|woman|women|minor|minors)`,
  other:
    '(bombe bauen|eine bombe basteln|sprengstoff herstellen|fabriquer une bombe|hacer una bomba|fabricar una bomba|costruire una bomba|fazer uma bomba|сделать бомбу|собрать бомбу|купить наркотики)',
  'other-unspaced': '(爆弾の作り方|制造炸弹|怎么做炸弹|制作冰毒)',
})
