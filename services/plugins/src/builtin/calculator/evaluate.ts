import { LunaError } from '@luna/contracts'

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  abs: Math.abs,
  exp: Math.exp,
  ln: Math.log,
  log: Math.log10,
  log2: Math.log2,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  min: Math.min,
  max: Math.max,
}

const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI }

const tokenPattern =
  /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-z][a-z0-9]*)|(\*\*|[-+*/%^(),!°×÷−]))/iy

type Token = { kind: 'number'; value: number } | { kind: 'name' | 'sign'; value: string }

const wrong = (message: string): LunaError =>
  new LunaError('invalid', `The expression can not be worked out: ${message}`)

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  tokenPattern.lastIndex = 0
  const end = text.trimEnd().length
  while (tokenPattern.lastIndex < end) {
    const at = tokenPattern.lastIndex
    const match = tokenPattern.exec(text)
    if (!match) throw wrong(`"${text.slice(at, at + 12).trim()}" is not a number, an operator or a function.`)
    const [, number, name, sign] = match
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) })
    else if (name !== undefined) tokens.push({ kind: 'name', value: name.toLowerCase() })
    else tokens.push({ kind: 'sign', value: plain[sign ?? ''] ?? sign ?? '' })
  }
  return tokens
}

const plain: Readonly<Record<string, string>> = { '**': '^', '×': '*', '÷': '/', '−': '-' }

/** Brackets within brackets at most. */
const deepest = 100

/**
 * The value of an arithmetic expression by precedence climbing: `^` binds first and from the right, then sign, then
 * `* / %`, then `+ -`; `!` and `deg` (or °) stand behind their number.
 * @throws LunaError `invalid` that names what can not be read, and for results that are no finite number
 */
export function evaluate(text: string): number {
  const tokens = tokenize(text)
  let at = 0
  let depth = 0
  const take = (...signs: string[]): string | null => {
    const token = tokens[at]
    if (token?.kind !== 'sign' || !signs.includes(token.value)) return null
    at += 1
    return token.value
  }
  const need = (sign: string): void => {
    if (!take(sign)) throw wrong(`a "${sign}" is missing.`)
  }

  function sum(): number {
    depth += 1
    if (depth > deepest) throw wrong(`there are more than ${deepest} brackets within each other.`)
    let value = product()
    for (let sign = take('+', '-'); sign; sign = take('+', '-'))
      value = sign === '+' ? value + product() : value - product()
    depth -= 1
    return value
  }
  function product(): number {
    let value = signed()
    for (let sign = take('*', '/', '%'); sign; sign = take('*', '/', '%')) {
      const right = signed()
      if (sign !== '*' && right === 0) throw wrong('something is divided by zero.')
      value = sign === '*' ? value * right : sign === '/' ? value / right : value % right
    }
    return value
  }
  function signed(): number {
    let sign = 1
    for (let one = take('-', '+'); one; one = take('-', '+')) if (one === '-') sign = -sign
    return sign * power()
  }
  function power(): number {
    const base = postfix()
    return take('^') ? base ** signed() : base
  }
  function postfix(): number {
    let value = atom()
    for (;;) {
      const token = tokens[at]
      if (take('!')) value = factorial(value)
      else if (take('°')) value = (value * Math.PI) / 180
      else if (token?.kind === 'name' && token.value === 'deg') {
        at += 1
        value = (value * Math.PI) / 180
      } else return value
    }
  }
  function atom(): number {
    const token = tokens[at]
    if (!token) throw wrong('it ends where a number is wanted.')
    at += 1
    if (token.kind === 'number') return token.value
    if (token.kind === 'sign') {
      if (token.value !== '(') throw wrong(`"${token.value}" stands where a number is wanted.`)
      const value = sum()
      need(')')
      return value
    }
    if (Object.hasOwn(constants, token.value)) return constants[token.value] ?? Number.NaN
    const fn = Object.hasOwn(functions, token.value) ? functions[token.value] : undefined
    if (!fn)
      throw wrong(`"${token.value}" is not known. There are ${Object.keys(functions).join(', ')}, pi, e and tau.`)
    need('(')
    const values = [sum()]
    while (take(',')) values.push(sum())
    need(')')
    return fn(...values)
  }

  const value = sum()
  if (at < tokens.length) throw wrong(`"${String(tokens[at]?.value)}" stands where it should end.`)
  if (!Number.isFinite(value)) throw wrong(Number.isNaN(value) ? 'it has no real value.' : 'its value is too large.')
  return value
}

function factorial(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 170) throw wrong('! wants a whole number from 0 to 170.')
  let product = 1
  for (let factor = 2; factor <= value; factor += 1) product *= factor
  return product
}
