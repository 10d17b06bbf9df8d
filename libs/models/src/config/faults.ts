import { LunaError } from '@luna/contracts'

/** One thing wrong with the settings: the name of the setting, and what was found and what is expected. */
export interface ConfigFault {
  name: string
  message: string
}

/** All faults of the settings in one error, code `invalid`; the list is in `details.faults`. */
export function configError(faults: readonly ConfigFault[]): LunaError {
  const lines = faults.map(fault => `  ${fault.name}: ${fault.message}`)
  return new LunaError(
    'invalid',
    `The settings of the language models have ${faults.length} faults:\n${lines.join('\n')}`,
    {
      details: { faults: faults.map(({ name, message }) => ({ name, message })) },
    },
  )
}
