import { lunaVersion1 } from './luna-1.ts'

/** The version of Luna that is talked to. Earlier ones stay beside it, so that a turn's receipt can be read later. */
export const luna = lunaVersion1
