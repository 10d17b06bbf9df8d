import { type Character, LunaError, personality } from '@luna/contracts'
import { person } from '@luna/service'
import type { GatewayContext } from '../context.ts'

const prefix = 'luna/'

/** The character that a model name means: `luna/<slug>`; null for `luna`, the default one. */
export async function characterOf(
  ctx: Pick<GatewayContext, 'call'>,
  personId: string,
  model: string,
): Promise<Character | null> {
  if (model === 'luna') return null
  if (!model.startsWith(prefix)) throw noModel(model)
  const slug = model.slice(prefix.length)
  try {
    return await ctx.call(personality.calls.getCharacter, { slug }, { scope: person(personId) })
  } catch (error) {
    const { code } = LunaError.from(error)
    throw code === 'not-found' || code === 'invalid' ? noModel(model) : error
  }
}

const noModel = (model: string): LunaError =>
  new LunaError(
    'not-found',
    `There is no model \`${model.slice(0, 200)}\`. GET /v1/models lists them, such as \`luna/<character>\`.`,
    {
      details: { param: 'model', openaiCode: 'model_not_found' },
    },
  )

/** A character as a model. `created` is the time in its UUIDv7 (RFC 9562), 0 for other ids. */
export const modelOf = ({ id, slug, name }: Character) => ({
  id: prefix + slug,
  object: 'model' as const,
  created: id[14] === '7' ? Math.floor(Number.parseInt(id.replace('-', '').slice(0, 12), 16) / 1_000) : 0,
  owned_by: 'luna',
  name,
})
