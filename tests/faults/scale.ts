const number = (name: string, fallback: number): number => Number(process.env[name] || fallback)

/**
 * How much is tried: little in `npm test`, much in `npm run faults`, which sets LUNA_FAULT_TURNS (turns for each fault)
 * LUNA_FAULT_KILLS and LUNA_FAULT_OUTAGE_MS. LUNA_FAULT_SEED repeats a run.
 */
export const scale = {
  turns: number('LUNA_FAULT_TURNS', 12),
  kills: number('LUNA_FAULT_KILLS', 1),
  people: number('LUNA_FAULT_PEOPLE', 4),
  /** How long a server stays away, in milliseconds. */
  outageMs: number('LUNA_FAULT_OUTAGE_MS', 2_000),
  tokens: 40,
  seed: number('LUNA_FAULT_SEED', Math.floor(Math.random() * 2 ** 31)),
}

/** A test of a fault may take this long, in milliseconds. */
export const faultTimeoutMs = 120_000 + scale.turns * 2_000 + scale.kills * 20_000 + scale.outageMs * 2

export const none = { LOST: 0, DUP: 0, OOO: 0, CORRUPT: 0 }
