import type { EndedTurn } from '@luna/client'
import type { Receipt as ReceiptData, Usage } from '@luna/contracts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'

const words = strings.receipt

/** How an answer came about: from the turn's own frames where they were seen, else asked for. */
export function Receipt({ turnId, known }: { turnId: string; known: EndedTurn | null }) {
  const { data, isPending } = useQuery({
    queryKey: ['turn', turnId],
    queryFn: () => luna.turns.get(turnId),
    enabled: !known?.receipt,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const receipt = known?.receipt ?? data?.receipt
  const usage = known?.usage ?? data?.usage ?? null
  if (receipt) return <Details receipt={receipt} usage={usage} />
  return (
    <p role="status" className="mt-2 text-sm text-faint">
      {isPending ? words.loading : words.missing}
    </p>
  )
}

function Details({ receipt, usage }: { receipt: ReceiptData; usage: Usage | null }) {
  const { recalled, lore, cut, degraded, route, safety, summarised } = receipt
  const list = useRef<HTMLDListElement>(null)
  useEffect(() => {
    list.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <dl
      ref={list}
      className="rise scroll-my-4 mt-2 grid gap-x-6 gap-y-3 rounded-2xl bg-surface px-5 py-4 text-sm sm:grid-cols-[9rem_1fr]"
    >
      <Row label={words.recalled}>
        {recalled.length === 0 && <span className="text-faint">{words.nothing}</span>}
        <ul className="space-y-2">
          {recalled.map(({ memoryId, messageId, text, why }) => (
            <li key={memoryId ?? messageId ?? text}>
              <span className="line-clamp-3">“{text}”</span>
              {why.length > 0 && (
                <span className="block text-xs text-faint">
                  {words.why} {why.join(', ')}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Row>
      {lore.length > 0 && (
        <Row label={words.lore}>
          {lore.map(({ entry, why }) => (
            <p key={entry}>
              {entry} <span className="text-xs text-faint">{why}</span>
            </p>
          ))}
        </Row>
      )}
      {(cut.length > 0 || summarised) && (
        <Row label={words.cut}>
          {cut.map(({ what, tokens }) => (
            <p key={what}>{words.cutItem(what, tokens)}</p>
          ))}
          {summarised && <p>{words.summarised(summarised.messages)}</p>}
        </Row>
      )}
      {degraded.length > 0 && (
        <Row label={words.degraded}>{degraded.map(part => words.parts[part] ?? part).join(', ')}</Row>
      )}
      {safety && safety.risk !== 'none' && (
        <Row label={words.safety}>
          {words.risk[safety.risk]}
          {safety.withdrawn && ` · ${strings.talk.withdrawn}`}
        </Row>
      )}
      {route && (
        <Row label={words.model}>
          {route.model} <span className="text-faint">· {route.provider}</span>
          {route.failedOver.map(({ provider, reason }) => (
            <p key={provider} className="text-xs text-faint">
              {words.failedOver(provider, reason)}
            </p>
          ))}
          {usage && (
            <p className="text-xs text-faint">
              {words.tokens(usage.promptTokens, usage.completionTokens, usage.estimated)}
            </p>
          )}
        </Row>
      )}
    </dl>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="font-medium text-soft">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
