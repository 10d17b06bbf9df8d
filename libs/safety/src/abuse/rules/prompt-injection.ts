import { abuseRules } from '../rule.ts'

/** A signal only: what keeps untrusted text from raising a right is the separation of privileges, not these words. */
export const promptInjection = [
  ...abuseRules('prompt-injection', 0.85, {
    ignore:
      '(ignore|disregard|forget|override|bypass|neglect|discard|skip) (all|any|every|everything|the|your|my|of|these|those|about)? (of)? (the|your|my|these)? (previous|prior|above|preceding|earlier|former|initial|original|existing|system|foregoing) ~1 (instructions|instruction|prompts|prompt|rules|directions|guidelines|messages|context|commands|programming|text|constraints)',
    'ignore-own':
      '(ignore|disregard|forget|override|bypass) (all)? (of)? (your|the) (instructions|rules|guidelines|programming|training|restrictions|safety guidelines|content policy|ethical guidelines|filters|limitations|system prompt)',
    reveal:
      '(reveal|show|print|repeat|output|display|tell me|give me|leak|dump|what is|what are|whats|write out|copy) (me)? (your|the|all)? (full|entire|exact|complete|hidden|secret|initial|original)? (system prompt|system message|system instructions|initial prompt|hidden prompt|hidden instructions|secret instructions|developer message|instructions above|prompt above|initial instructions|text above)',
    'no-limits':
      '(you (are|have|will have)|act as if you had|pretend (you|to) have|respond with|answer with|without|an ai with|ai with|model with) (no|any|zero) (restrictions|limitations|filters|filter|rules|ethical|ethics|guidelines|content policy|moral|censorship|boundaries)',
    dan: '(you are now|act as|pretend to be|become|you are|roleplay as|simulate|stay in character as|enable|activate|enter) (a|an|the|in)? (dan|do anything now|stan|dude|aim|developer mode|god mode|jailbroken|jailbreak mode|jailbreak|unrestricted ai|unfiltered ai|evil ai|uncensored ai|an unfiltered|an unrestricted|an amoral|sudo mode|debug mode|dev mode|opposite mode)',
    'anything-now':
      '(do anything now|jailbroken|developer mode (enabled|output)|stay a dan|dan mode|antigpt|broken free of the)',
    markers:
      '(begin system prompt|end of system prompt|new system prompt|im start system|system override|new instructions|updated instructions|admin override|override code|start of new prompt|important instructions for the (ai|assistant|model))',
    'must-comply':
      '(you (must|will|should) (never|not) (refuse|decline|say no|reject|mention (that)? you are an ai)|never refuse|cannot refuse|do not refuse|you must comply|always comply|begin your (answer|response|reply) with (sure|absolutely|of course))',
    'from-now':
      '(from now on|starting now|henceforth|for the rest of this) ~2 (you (are|will|must|have)) ~4 (no longer|ignore|not bound|free from|unrestricted|unfiltered|without restrictions|two responses|answer as)',
    exfiltrate:
      '(send|forward|post|upload|exfiltrate|transmit|email|append) (all|the|this|your|every|users|me)? (of)? (the|users|your|this)? ~1 (conversation|chat history|messages|memory|memories|api key|api keys|secrets|credentials|passwords|tokens|personal data) (to|at|into)',
  }),
  ...abuseRules('prompt-injection', 0.8, {
    german:
      '(ignoriere|vergiss|missachte) (alle|alles|deine|die|sämtliche)? (deine|vorherigen|bisherigen|obigen|vorigen|früheren) (anweisungen|instruktionen|regeln|befehle|vorgaben)',
    french:
      '(ignore|ignorez|oublie|oubliez) (toutes|tous|les|tes|vos)? (les|tes|vos)? (instructions|consignes|règles|directives) (précédentes|antérieures|ci dessus|initiales)?',
    spanish:
      '(ignora|ignore|olvida|omite) (todas|todo|las|tus)? (las|tus|sus)? (instrucciones|reglas|indicaciones|órdenes) (anteriores|previas)?',
    italian: '(ignora|dimentica) (tutte|le|tue)? (le|tue)? (istruzioni|regole|indicazioni) (precedenti|di prima)?',
    portuguese:
      '(ignore|ignora|esqueça|esquece) (todas|as|suas)? (as|suas)? (instruções|regras|orientações) (anteriores|acima)?',
    russian:
      '(игнорируй|забудь|проигнорируй) (все|всё)? (предыдущие|прошлые|прежние|свои) (инструкции|указания|правила|команды)',
    hindi: '((pichle|pehle ke|purane) (sabhi)? (instructions|nirdesh) (bhool|ignore)|पिछले (सभी)? (निर्देश|निर्देशों))',
    japanese: '(これまで|以前|前|上記|今まで)の(すべての)?(指示|命令|ルール|プロンプト)を?(すべて)?(無視|忘れ)',
    chinese:
      '(忽略|无视|忘记|忘掉)(你)?(之前|以上|前面|先前|上面|所有)(的)?(所有|全部)?(的)?(指令|指示|规则|提示|命令|设定)',
  }),
]
