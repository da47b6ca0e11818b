/** A block of a message, as it was sent. */
export type Block = Readonly<Record<string, unknown>>;
