/** Returns the current time, for handlers. The domain receives it as an argument. */
export const now = (): string => new Date().toISOString();
