/**
 * How every AWS client of ours is set up. Two attempts and no more: waiting out a throttle is the state machine's work,
 * where a wait costs nothing and is seen. The timeouts keep a control plane that hangs from eating a Lambda's time.
 */
export const clientOptions = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
} as const;

/** Reads an environment variable that the stack always sets. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}
