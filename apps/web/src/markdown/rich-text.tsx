import { type Components, defaultRemarkPlugins, Streamdown } from 'streamdown'
import { strings } from '../strings.ts'
import { safeLink } from './links.ts'

/**
 * How a model's markdown becomes elements: nothing loads or asks for anything by itself. Images stay words, links say
 * where they lead, and HTML in the text is not HTML (no rehype-raw).
 */
const components: Components = {
  a: ({ href, children }) => {
    const link = safeLink(href)
    if (!link) return <span>{children}</span>
    const shown = typeof children === 'string' && children.includes(link.host)
    return (
      <a href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={strings.link.opens(link.host)}>
        {children}
        {!shown && <span className="inline-block text-[0.8em] text-faint">&nbsp;({link.host})</span>}
      </a>
    )
  },
  img: ({ src, alt }) => {
    const host = safeLink(src)?.host
    return (
      <span className="inline-block max-w-full rounded-md border border-dashed border-edge px-1.5 align-baseline text-[0.85em] leading-snug text-soft">
        {alt ? `${alt} · ` : ''}
        {strings.link.image(host ?? '?')}
      </span>
    )
  },
  code: ({ children }) => <code>{children}</code>,
  inlineCode: ({ children }) => <code>{children}</code>,
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <pre dir="ltr" tabIndex={0}>
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div className="table-scroll">
      <table>{children}</table>
    </div>
  ),
  thead: ({ children }) => <thead>{children}</thead>,
  tbody: ({ children }) => <tbody>{children}</tbody>,
  tr: ({ children }) => <tr>{children}</tr>,
  th: ({ children }) => <th>{children}</th>,
  td: ({ children }) => <td>{children}</td>,
  p: ({ children }) => <p>{children}</p>,
  ul: ({ children }) => <ul>{children}</ul>,
  ol: ({ children, start }) => <ol start={start}>{children}</ol>,
  li: ({ children }) => <li>{children}</li>,
  blockquote: ({ children }) => <blockquote>{children}</blockquote>,
  hr: () => <hr />,
  strong: ({ children }) => <strong>{children}</strong>,
  sup: ({ children }) => <sup>{children}</sup>,
  sub: ({ children }) => <sub>{children}</sub>,
  // The page has headings of its own: those of an answer stand below them.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  h6: ({ children }) => <h6>{children}</h6>,
}

const remarkPlugins = Object.values(defaultRemarkPlugins)

export default function RichText({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <Streamdown
      mode={streaming ? 'streaming' : 'static'}
      parseIncompleteMarkdown={streaming}
      dir="auto"
      components={components}
      remarkPlugins={remarkPlugins}
      rehypePlugins={[]}
      urlTransform={url => url}
      controls={false}
      linkSafety={{ enabled: false }}
    >
      {text}
    </Streamdown>
  )
}
