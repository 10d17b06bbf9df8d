import type { SafetyCard } from '@luna/contracts'
import { useLive, useValue } from '../live/live.ts'
import { safeLink } from '../markdown/links.ts'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'

/** Where to find help, said calmly and kept in sight until the person closes it. */
export function SafetyCards() {
  const live = useLive()
  const cards = useValue(live.cards)
  const close = (id: string) => live.cards.set(live.cards.now.filter(card => card.id !== id))
  return (
    <div aria-live="polite">
      {cards.map(card => (
        <Card key={card.id} card={card} onClose={() => close(card.id)} />
      ))}
    </div>
  )
}

function Card({ card, onClose }: { card: SafetyCard; onClose(): void }) {
  const words = strings.safety
  return (
    <section
      aria-label={words.region}
      lang={card.locale}
      className="rise shadow-soft mb-4 rounded-2xl border border-accent/50 bg-raised p-5"
    >
      <div className="flex items-start gap-3">
        <span className="mt-0.5 text-accent">
          <Icon name="heart" size={22} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="voice text-lg leading-snug font-semibold">{card.title}</h2>
          <p className="mt-1 text-[0.95rem] leading-relaxed whitespace-pre-line text-soft">{card.body}</p>
          <ul className="mt-3 space-y-2">
            {card.resources.map(({ name, contact, hours, url }) => (
              <li key={name + contact} className="text-[0.95rem]">
                <span className="font-medium">{name}</span> <Contact contact={contact} name={name} />
                {hours && <span className="text-sm text-faint"> · {hours}</span>}
                <Web url={url} />
              </li>
            ))}
          </ul>
        </div>
        <button type="button" className="icon-btn -mt-1.5 -mr-1.5" aria-label={words.dismiss} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
    </section>
  )
}

/** A number that can be dialled becomes a link; anything else stays words. */
function Contact({ contact, name }: { contact: string; name: string }) {
  if (!/^\+?[\d\s()-]{3,}$/.test(contact)) return <span>{contact}</span>
  return (
    <a
      className="text-accent underline underline-offset-4"
      href={`tel:${contact.replace(/[^\d+]/g, '')}`}
      aria-label={`${strings.safety.call} ${name}: ${contact}`}
    >
      {contact}
    </a>
  )
}

function Web({ url }: { url: string | undefined }) {
  const link = safeLink(url)
  if (!link) return null
  return (
    <a
      className="ml-2 text-sm text-accent underline underline-offset-4"
      href={link.href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {link.host}
    </a>
  )
}
