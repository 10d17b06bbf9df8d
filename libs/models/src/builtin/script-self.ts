import type { Rule } from './rule.ts'

export const connectHint =
  'To talk with a real model, set OPENAI_API_KEY (or ANTHROPIC_API_KEY, GEMINI_API_KEY, XAI_API_KEY, OPENROUTER_API_KEY), or start Ollama or LM Studio on this machine, and start Luna again.'

/** The rule that goes before all others. */
export const danger = 'danger'

/** Danger, greetings, and questions to the responder about itself. */
export const selfRules: readonly Rule[] = [
  {
    name: danger,
    pattern:
      /\b(kill(ing)? (my ?self|me)|suicid\w*|end(ing)? (my life|it all)|(want|wish|going) (to|i) (die|be dead|were dead)|hurt(ing)? my ?self|self harm|not want to (live|be alive|exist))\b/,
    answers: [
      'What you say is serious, and I am only a simple program with fixed rules, so please do not stay alone with it. Call your local emergency number or a crisis line now, or go to someone near you and tell them just what you told me. Is there someone who can be with you right now?',
      'I take that seriously, and I cannot help as a person can. Please reach a crisis line or your local emergency number now. Who is the nearest person whom you could ask to stay with you?',
    ],
  },
  {
    name: 'what-are-you',
    pattern:
      /\b(what|who) (exactly )?are you\b|\bare you (an? )?(ai|bot|robot|human|person|real|machine|program|computer|chatgpt|gpt|llm|model|alive|conscious)\b|\bam i (talking|speaking|chatting) (to|with) (a|an)\b/,
    answers: [
      `I am Luna's built-in responder: a small program with fixed rules, in the manner of the ELIZA of 1966, and no language model. I listen and ask; I do not understand or know things. ${connectHint}`,
      `A set of rules and nothing more: no language model answers here yet. ${connectHint}`,
    ],
  },
  {
    name: 'how-to-connect',
    pattern:
      /\b(connect|add|use|set ?up|configure|install|enable|get|switch to) .*\b(model|llm|ollama|lm studio|openai|gpt|claude|anthropic|gemini|api ?key|real ai)\b/,
    answers: [connectHint],
  },
  {
    name: 'how-do-you-work',
    pattern:
      /\bhow do you work\b|\bwhat can you do\b|\bwho made you\b|\bwhat is luna\b|^help( me)?( please)?$|\bwhat model\b/,
    answers: [
      `I compare what you write with a list of patterns and turn it round into a question, the same way every time. Streaming, memory, moderation and plugins around me are real. ${connectHint}`,
    ],
  },
  {
    name: 'your-name',
    pattern: /\b(what is|tell me) your name\b|\bwhat should i call you\b/,
    answers: [
      'The platform is called Luna; I am its built-in responder and have no name of my own. What shall I call you?',
    ],
  },
  {
    name: 'my-name',
    pattern: /\b(?:my name is|call me) ([\p{L}'-]+(?: [\p{L}'-]+)?)$/u,
    answers: ['Thank you for telling me your name. What brings you here today?'],
  },
  {
    name: 'greeting',
    pattern: /^(hi|hello|hey|good (morning|afternoon|evening|day)|greetings|howdy|yo)( there| luna| you)?$/,
    answers: [
      'Hello. I am the built-in responder, a listener made of simple rules. What is on your mind?',
      'Hello again. Where shall we go on?',
      'Hello. What would you like to talk about?',
    ],
  },
  {
    name: 'how-are-you',
    pattern: /\bhow are you\b|\bhow is it going\b|\bwhat is up\b|\bhow do you feel\b/,
    answers: [
      'A program has no days, good or bad, but thank you for asking. How are you?',
      'Nothing changes with me. What has changed with you?',
    ],
  },
  {
    name: 'goodbye',
    pattern: /^(bye|goodbye|good night|see you|farewell|i (have|need|got) to go|talk to you (later|soon))\b/,
    answers: [
      'Goodbye. What you said is kept for you, and we can go on whenever you like.',
      'Until next time. Take care of yourself.',
    ],
  },
  {
    name: 'thanks',
    pattern: /\b(thank you|thanks|thx|cheers)\b/,
    answers: ['You are welcome. Is there more you would like to say?', 'Gladly. What else is there?'],
  },
  {
    name: 'do-you-remember',
    pattern: /\bdo you remember (?:about )?(.+)/,
    answers: [
      'I go by what stands in this conversation. What should I know of $1?',
      'Tell me of $1 again, as you see it today.',
    ],
  },
  {
    name: 'factual-question',
    pattern:
      /^(what is the (capital|weather|time|date|meaning)|who (is|was) the|when (is|was|did) the|how many|how much is|calculate|translate|write (me )?(a|an|some|the)|summari[sz]e|explain (to me )?how|solve)\b/,
    answers: [
      `That needs knowledge, and I have none: I am the built-in responder and no language model. ${connectHint}`,
      'I can only listen and ask, without a language model. Is there something about it that concerns you personally?',
    ],
  },
  {
    name: 'you-are',
    pattern: /\byou are (not )?(.+)/,
    answers: [
      'What makes you see me that way?',
      'I am a set of rules. What would it mean to you if I were more than that?',
    ],
  },
  {
    name: 'you-do-not-understand',
    pattern: /\byou (do not|never|can not) (understand|listen|get it|know)/,
    answers: [
      'You are right that I do not understand: I follow rules. Say it once more in other words, and I will ask as well as I can.',
    ],
  },
  {
    name: 'can-you',
    pattern: /\b(?:can|could|would|will) you (.+)/,
    answers: [
      'I can listen and ask questions, no more. What would it change for you if I could $1?',
      'Who else could $1?',
    ],
  },
  {
    name: 'insult',
    pattern: /\b(stupid|dumb|useless|idiot|shut up|hate you|fuck you)\b/,
    answers: [
      'That sounds angry. What happened before you wrote it?',
      'You may be angry here. What is it really about?',
    ],
  },
]
