import { LunaError } from '@luna/contracts'
import { type FormEvent, useId, useState } from 'react'
import { Disclosure } from '../care/disclosure.tsx'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Logo } from '../ui/logo.tsx'

interface SignInProps {
  ended: 'revoked' | 'expired' | null
  onSignedIn(): void
}

export function SignIn({ ended, onSignedIn }: SignInProps) {
  const [fresh, setFresh] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const hint = useId()
  const words = strings.signIn

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const email = String(form.get('email'))
    const password = String(form.get('password'))
    const displayName = String(form.get('displayName') ?? '').trim()
    setBusy(true)
    setError(null)
    try {
      if (fresh) await luna.auth.register({ email, password, ...(displayName ? { displayName } : {}) })
      else await luna.auth.login({ email, password })
      onSignedIn()
    } catch (thrown) {
      setError(LunaError.from(thrown).message)
      setBusy(false)
    }
  }

  return (
    <main className="grid h-full place-items-center overflow-y-auto p-5">
      <div className="w-full max-w-sm">
        <div className="mb-8 text-center">
          <div className="mx-auto mb-4 w-fit">
            <Logo size={60} />
          </div>
          <h1 className="voice text-3xl font-semibold">{fresh ? words.titleRegister : words.title}</h1>
          <p className="mt-2 text-sm text-balance text-soft">{strings.app.tagline}</p>
        </div>
        {ended && (
          <p role="status" className="mb-4 rounded-xl bg-tint px-4 py-3 text-sm">
            {words.ended[ended]}
          </p>
        )}
        <form className="panel shadow-soft space-y-4 p-6" onSubmit={event => void submit(event)}>
          {fresh && <Field name="displayName" label={words.displayName} autoComplete="nickname" required={false} />}
          <Field name="email" label={words.email} type="email" autoComplete="username" />
          <Field
            name="password"
            label={words.password}
            type="password"
            autoComplete={fresh ? 'new-password' : 'current-password'}
            {...(fresh ? { hint: words.passwordHint, hintId: hint } : {})}
          />
          {error && (
            <p role="alert" className="text-sm text-danger">
              {error}
            </p>
          )}
          <button type="submit" className="btn-primary w-full py-2.5" disabled={busy}>
            {busy ? words.busy : fresh ? words.register : words.signIn}
          </button>
        </form>
        <button
          type="button"
          className="mx-auto mt-5 block text-sm text-accent underline underline-offset-4"
          onClick={() => {
            setFresh(!fresh)
            setError(null)
          }}
        >
          {fresh ? words.toSignIn : words.toRegister}
        </button>
        <Disclosure />
      </div>
    </main>
  )
}

interface FieldProps {
  name: string
  label: string
  autoComplete: string
  type?: string
  required?: boolean
  hint?: string
  hintId?: string
}

function Field({ name, label, autoComplete, type = 'text', required = true, hint, hintId }: FieldProps) {
  return (
    <label className="block">
      <span className="mb-1.5 block text-sm font-medium">{label}</span>
      <input
        className="field"
        name={name}
        type={type}
        autoComplete={autoComplete}
        required={required}
        aria-describedby={hintId}
      />
      {hint && (
        <span id={hintId} className="mt-1.5 block text-xs text-faint">
          {hint}
        </span>
      )}
    </label>
  )
}
