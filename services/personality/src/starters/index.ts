import { ansel } from './ansel.ts'
import { colette } from './colette.ts'
import { iara } from './iara.ts'
import { jyotika } from './jyotika.ts'
import { lamplighter } from './lamplighter.ts'
import { luna } from './luna.ts'
import { mira } from './mira.ts'
import { nomi } from './nomi.ts'
import { otto } from './otto.ts'
import { sora } from './sora.ts'
import type { Starter } from './starter.ts'
import { tomas } from './tomas.ts'
import { vex } from './vex.ts'
import { winter } from './winter.ts'

export const starters: readonly Starter[] = [
  luna,
  mira,
  tomas,
  lamplighter,
  jyotika,
  winter,
  colette,
  sora,
  nomi,
  ansel,
  vex,
  otto,
  iara,
]
export { luna }
