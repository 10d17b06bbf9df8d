/** The built-in characters are files; personality has no rows of persons beyond the work tables of every service. */
export type Tables = Record<never, never>
