export {
  databasePassword,
  generateMasterKey,
  type MasterKey,
  type MasterKeyRing,
  parseMasterKey,
  parseMasterKeyRing,
  tokenSigningSeed,
} from './master-key.ts'
export { type PersonKey, personKeyFrom } from './person-key.ts'
export { createPersonKeys, type PersonKeys, type PersonKeysOptions } from './person-keys.ts'
export { type DataKey, dataKeyFrom, generateDataKey, open, openText, seal } from './sealing.ts'
export { type Unwrapped, unwrapDataKey, wrapDataKey } from './wrapping.ts'
