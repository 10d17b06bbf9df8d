/** The mark: a crescent that leans in, with two eyes where a face would look at you. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" className="shrink-0">
      <path
        fill="var(--accent)"
        d="M24 3a21 21 0 1 0 20.6 25.1c.3-1.4-1.3-2.3-2.4-1.4A13.5 13.5 0 0 1 21.3 9.6c.9-1.6 2.3-3 4-4 1.2-.7.7-2.5-.7-2.6z"
      />
      <circle cx="29" cy="18.5" r="2.4" fill="currentColor" />
      <circle cx="36.5" cy="18.5" r="2.4" fill="currentColor" />
    </svg>
  )
}
