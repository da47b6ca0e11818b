import type { AwsEvent } from '../../world/aws.ts';

/** An event on a bus: https://docs.aws.amazon.com/eventbridge/latest/userguide/aws-events.html */
export interface Event extends AwsEvent {
  readonly version: '0';
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601 in UTC, whole seconds. */
  readonly time: string;
}
