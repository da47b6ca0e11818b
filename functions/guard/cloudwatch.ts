import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';

/** What the guard reads CloudWatch with. */
export type Client = Pick<CloudWatchClient, 'send'>;
