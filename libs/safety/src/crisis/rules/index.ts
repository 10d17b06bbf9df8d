import type { CrisisRule } from '../rule.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'
import { hindi } from './hi.ts'
import { italian } from './it.ts'
import { japanese } from './ja.ts'
import { portuguese } from './pt.ts'
import { russian } from './ru.ts'
import { chinese } from './zh.ts'

export const allCrisisRules: readonly CrisisRule[] = [
  ...english,
  ...german,
  ...french,
  ...spanish,
  ...italian,
  ...portuguese,
  ...russian,
  ...hindi,
  ...japanese,
  ...chinese,
]
