import { lazy, memo, Suspense } from 'react'
import { isPlain } from './plain.ts'

const load = () => import('./rich-text.tsx')
const RichText = lazy(load)

/** Fetches the formatter ahead of the first answer. */
export const preloadMarkdown = (): void => void load()

interface MarkdownProps {
  text: string
  streaming?: boolean
}

/** A model's text, formatted; what has no marks in it is shown as it is, without the formatter. */
export const Markdown = memo(function Markdown({ text, streaming = false }: MarkdownProps) {
  if (isPlain(text)) return <PlainText text={text} />
  return (
    <Suspense fallback={<PlainText text={text} />}>
      <RichText text={text} streaming={streaming} />
    </Suspense>
  )
})

export function PlainText({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs are only ever added at the end.
        <p key={index} dir="auto" className="whitespace-pre-wrap">
          {paragraph}
        </p>
      ))}
    </>
  )
}
