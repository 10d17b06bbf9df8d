import type { Conversation, Message } from '@luna/contracts'

const speakers: Record<Message['role'], string> = { user: 'You', assistant: 'Companion', system: 'System' }

const heading = (text: string): string => text.replaceAll(/\s+/g, ' ').trim() || 'Conversation'

/** A message's own headings are moved below ours. */
const nested = (text: string): string => {
  let fenced = false
  return text
    .split('\n')
    .map(line => {
      if (/^\s{0,3}(?:```|~~~)/.test(line)) fenced = !fenced
      return !fenced && /^#{1,4} /.test(line) ? `##${line}` : line
    })
    .join('\n')
}

function* messageLines(message: Message): Generator<string> {
  yield `\n## ${speakers[message.role]}, ${message.createdAt}\n`
  yield `\n${nested(message.text)}\n`
  for (const { name, type, bytes } of message.attachments) yield `\n*Attachment: ${name} (${type}, ${bytes} bytes)*\n`
  if (message.status !== 'complete') yield `\n*(${message.status})*\n`
}

/** A branch of a conversation as a Markdown document (CommonMark). */
export async function* markdownOf(
  conversation: Conversation,
  messages: AsyncIterable<Message>,
): AsyncGenerator<string> {
  yield `# ${heading(conversation.title)}\n`
  yield `\nBegun ${conversation.createdAt}${conversation.tags.length > 0 ? `, tags: ${conversation.tags.join(', ')}` : ''}.\n`
  for await (const message of messages) yield* messageLines(message)
}
