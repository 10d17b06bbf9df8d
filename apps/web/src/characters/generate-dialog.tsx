import { type Generation, LunaError } from '@luna/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { listOf } from './list-of.ts'

const words = strings.characters.generator
const stages = Object.keys(words.stages) as (keyof typeof words.stages)[]

/** A character of a few words, stage by stage in sight. */
export function GenerateDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [now, setNow] = useState<Generation | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  const begin = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const of = (name: string): string => String(data.get(name) ?? '').trim()
    setFault(null)
    try {
      const traits = listOf(of('traits'))
      const form = {
        ...(of('idea') ? { idea: of('idea') } : {}),
        ...(of('name') ? { name: of('name') } : {}),
        ...(of('language') ? { language: of('language') } : {}),
        ...(traits.length > 0 ? { traits } : {}),
        scenes: Number(of('scenes')) || 0,
      }
      for await (const state of luna.characters.generate(form)) {
        setNow(state)
        if (state.error) setFault(state.error)
      }
      await queries.invalidateQueries({ queryKey: ['characters'] })
    } catch (error) {
      setFault(LunaError.from(error).message)
      setNow(null)
    }
  }
  const close = (): void => {
    setNow(null)
    setFault(null)
    onClose()
  }
  const field = (
    name: string,
    label: string,
    more: { placeholder?: string; type?: string; defaultValue?: string } = {},
  ) => (
    <label className="block">
      <span className="mb-1.5 block text-sm font-medium">{label}</span>
      <input className="field" name={name} autoComplete="off" {...more} />
    </label>
  )

  return (
    <Dialog open={open} onClose={close} title={words.title}>
      {now === null ? (
        <form className="space-y-4" onSubmit={event => void begin(event)}>
          <label className="block">
            <span className="mb-1.5 block text-sm font-medium">{words.idea}</span>
            <textarea className="field" name="idea" rows={3} maxLength={2_000} placeholder={words.placeholder} />
          </label>
          <div className="grid gap-4 sm:grid-cols-2">
            {field('name', words.name)}
            {field('language', words.language)}
            {field('traits', words.traits)}
            {field('scenes', words.scenes, { type: 'number', defaultValue: '2' })}
          </div>
          {fault && (
            <p role="alert" className="text-sm text-danger">
              {words.failed}: {fault}
            </p>
          )}
          <button type="submit" className="btn-primary w-full py-2.5">
            <Icon name="spark" size={17} />
            {words.start}
          </button>
        </form>
      ) : (
        <Progress
          generation={now}
          fault={fault}
          onOpen={characterId => {
            close()
            void navigate({ to: '/characters/$characterId', params: { characterId } })
          }}
        />
      )}
    </Dialog>
  )
}

interface ProgressProps {
  generation: Generation
  fault: string | null
  onOpen(characterId: string): void
}

function Progress({ generation, fault, onOpen }: ProgressProps) {
  const { done, sheet, state, characterId, by } = generation
  const present = stages.find(stage => !done.includes(stage))
  return (
    <div>
      {by === 'grammar' && <p className="mb-3 rounded-xl bg-tint p-3 text-sm">{words.grammar}</p>}
      <progress className="sr-only" aria-label={words.running} max={stages.length} value={done.length} />
      <ol className="space-y-2" aria-live="polite">
        {stages.map(stage => (
          <li key={stage} className="flex items-center gap-2.5 text-sm">
            <span className={done.includes(stage) ? 'text-accent' : 'text-faint'}>
              {done.includes(stage) ? (
                <Icon name="check" size={17} />
              ) : (
                <span
                  className={`inline-block size-4 rounded-full border-2 border-current ${stage === present && state === 'running' ? 'breathe' : ''}`}
                />
              )}
            </span>
            <span className="flex-1">{words.stages[stage]}</span>
            <span className="text-xs text-faint">
              {done.includes(stage)
                ? words.done
                : stage === present && state === 'running'
                  ? words.running
                  : words.waiting}
            </span>
          </li>
        ))}
      </ol>
      {sheet.name && (
        <div className="mt-4 rounded-2xl bg-tint p-4">
          <p className="voice text-lg font-semibold">{sheet.name}</p>
          <p className="mt-1 line-clamp-6 text-sm text-soft">{sheet.greeting || sheet.description}</p>
        </div>
      )}
      {fault && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {words.failed}: {fault}
        </p>
      )}
      {state === 'done' && characterId && (
        <button type="button" className="btn-primary mt-4 w-full py-2.5" onClick={() => onOpen(characterId)}>
          {words.open}
        </button>
      )}
    </div>
  )
}
