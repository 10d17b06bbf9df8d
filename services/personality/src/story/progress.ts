import type { CharacterSheet, Scene } from '@luna/contracts'
import { fold } from '../lore/match.ts'
import { type CompileRegex, regexOf } from '../lore/regex.ts'
import type { StoryBody } from './story-body.ts'

/** Whether any key of a scene was said. */
function isSaid({ keys }: Scene, text: string, compile: CompileRegex): boolean {
  const folded = fold(text)
  return keys.some(key => {
    const regex = regexOf(key)
    return regex ? (compile(regex.pattern, regex.flags)?.(text) ?? false) : folded.includes(fold(key))
  })
}

/**
 * The story after a turn in which this was said: an ending whose key was said is reached and stands; else the present
 * scene ends when one of its keys was said, and the next one begins.
 */
export function progress(
  story: StoryBody,
  { scenes, endings }: Pick<CharacterSheet, 'scenes' | 'endings'>,
  text: string,
  compile: CompileRegex,
): StoryBody {
  if (story.endingId !== null || (scenes.length === 0 && endings.length === 0)) return story
  const ending = endings.find(one => isSaid(one, text, compile))
  if (ending) return { ...story, endingId: ending.id, reached: [...story.reached, ending.id] }
  const index = story.sceneId === null ? 0 : scenes.findIndex(({ id }) => id === story.sceneId)
  const present = scenes[index]
  const next = scenes[index + 1]
  if (!present || !next || !isSaid(present, text, compile)) return story
  const reached = story.reached.length === 0 ? [present.id] : story.reached
  return { ...story, sceneId: next.id, reached: [...reached, next.id] }
}
