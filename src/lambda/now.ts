/** The clock of every handler; the domain is passed its answer. */
export const now = (): string => new Date().toISOString();
