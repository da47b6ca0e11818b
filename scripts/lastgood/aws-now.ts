import type { Instant } from '../../src/rollback/request.ts';

/** A client that has called AWS. */
interface Clocked {
  readonly config: { readonly systemClockOffset: number };
}

/**
 * Returns the time by AWS's clock once a call was answered. The SDK keeps the offset if this machine's clock is wrong
 * by more than five minutes. A plan compares the request's time with those of deployments and alarms.
 */
export function awsNow({ config }: Clocked): Instant {
  return new Date(Date.now() + config.systemClockOffset).toISOString();
}
