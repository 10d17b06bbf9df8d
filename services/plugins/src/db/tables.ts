/** No plugin is installed and none has run: there are no rows beyond the work tables of every service. */
export type Tables = Record<never, never>
