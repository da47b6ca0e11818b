import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { AnyAlarm } from '../../src/aws/alarms.ts';

/** The alarms in ALARM now. */
export interface RedAlarms {
  readonly metricAlarms: readonly MetricAlarm[];
  /** Alarms of every type. */
  readonly all: readonly AnyAlarm[];
  /** False: there are more than were read. */
  readonly isComplete: boolean;
}

/**
 * Reads the alarms in ALARM now.
 * @param storm id of the storm that the target is a member of, or null
 * @returns null while another member of the storm reads them
 */
export type ReadRed = (storm: string | null) => Promise<RedAlarms | null>;
