export { findPersonalData, mask, type PersonalDataKind, type PersonalDatum } from './find.ts'
