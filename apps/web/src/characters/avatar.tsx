import type { Character } from '@luna/contracts'
import { useState } from 'react'

/** Two colours for a name, always the same ones; dark enough for white letters. */
const dusk = ['#8b3c1c', '#6a3d6e', '#2f5d62', '#4b4a7c', '#7a4b12', '#3f5b33'] as const

const colourOf = (name: string): string =>
  dusk[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % dusk.length] ?? dusk[0]

interface AvatarProps {
  character: Pick<Character, 'name' | 'avatarUrl'>
  className?: string
}

/** The picture of a character, or its first letter. The name stands beside it, so it says nothing to screen readers. */
export function Avatar({ character, className = '' }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const { name, avatarUrl } = character
  if (avatarUrl && broken !== avatarUrl)
    return (
      <img
        src={avatarUrl}
        alt=""
        loading="lazy"
        className={`object-cover object-top ${className}`}
        onError={() => setBroken(avatarUrl)}
      />
    )
  const [first = '?'] = [...name]
  return (
    <svg viewBox="0 0 40 40" preserveAspectRatio="xMidYMid slice" aria-hidden="true" className={className}>
      <rect width="40" height="40" fill={colourOf(name)} />
      <circle cx="31" cy="8" r="13" fill="#ffffff" opacity="0.1" />
      <circle cx="6" cy="38" r="16" fill="#000000" opacity="0.12" />
      <text x="20" y="26.5" textAnchor="middle" fontSize="18" fill="#fffaf4" fontFamily="Georgia, serif">
        {first.toLocaleUpperCase()}
      </text>
    </svg>
  )
}
