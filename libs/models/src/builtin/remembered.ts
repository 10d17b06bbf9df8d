import { type ChatRequest, messageText } from '../request.ts'

/** Notes that are repeated in one answer at most. */
const most = 4

const asked =
  /\b(?:(?:do|can|did) you (?:still )?(?:remember|recall|know)|what (?:do|did|else do) you (?:still )?(?:remember|recall|know)|what (?:have|did) i (?:told|tell|said|say)|remind me|what is my|who is my|where (?:is|does|do|did) my|when (?:is|was) my|how old is my)\b/

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? []

/** Notes that have a word of the question; the best one where none has. A line of the companion's own answers nothing. */
function fitting(notes: readonly string[], sentences: readonly string[]): readonly string[] {
  const own = notes.filter(note => !note.includes('(said by the character'))
  const words = new Set(sentences.flatMap(wordsOf))
  const shared = own.filter(note => wordsOf(note).some(word => words.has(word)))
  return shared.length > 0 ? shared : (own.length > 0 ? own : notes).slice(0, 1)
}

/** Lines of the block in which recalled memories stand in a prompt, as `- text`. */
export function rememberedIn({ messages }: ChatRequest): string[] {
  const system = messages.filter(({ role }) => role === 'system').map(messageText)
  const blocks = system.flatMap(text => /<remembered>\n([\s\S]*?)\n<\/remembered>/.exec(text)?.[1] ?? [])
  return blocks.flatMap(block => block.split('\n')).flatMap(line => (line.startsWith('- ') ? line.slice(2).trim() : []))
}

/**
 * The answer to a question about what is remembered: the notes themselves, word for word. The responder understands none of
 * them and says so. Null when the sentences ask for nothing of the kind, or nothing was recalled.
 */
export function fromMemory(sentences: readonly string[], notes: readonly string[]): string | null {
  if (notes.length === 0 || !sentences.some(sentence => asked.test(sentence))) return null
  const [first = '', ...more] = fitting(notes, sentences).slice(0, most)
  if (more.length === 0)
    return `I have this note from our talks: “${first}” I repeat it as it stands; rules are all I have.`
  const list = [first, ...more].map(note => `- ${note}`).join('\n')
  return `These are my notes from our talks that fit your words:\n\n${list}\n\nI repeat them as they stand; rules are all I have.`
}
