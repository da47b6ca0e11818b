import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** The account and Region of all resources. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

export function arn(service: string, resource: string, { region = REGION, account = ACCOUNT } = {}): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** An event that an AWS service puts on the default bus. */
export interface AwsEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * The input of every service model. `emit` publishes an event to the default bus, which delivers it by the delivery
 * class of its source.
 */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: (name: string) => Random;
  readonly emit: (event: AwsEvent) => void;
}
