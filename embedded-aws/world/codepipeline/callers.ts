import { arn } from '../aws.ts';
import type { Caller } from '../service.ts';

/** Names the caller, as triggers and transitions do. */
export function callerArn({ role }: Caller): string {
  return arn('sts', `assumed-role/${role}/session`, { region: '' });
}
