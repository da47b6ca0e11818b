import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Instant } from '../../src/rollback/request.ts';

/**
 * Returns the time by AWS's clock, once a call was answered: the SDK keeps the offset where this machine's clock is wrong
 * by more than five minutes. A plan holds the request's time against those of deployments and alarms.
 */
export function awsNow({ config }: SFNClient): Instant {
  return new Date(Date.now() + config.systemClockOffset).toISOString();
}
