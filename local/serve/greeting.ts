import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';

/** The first line on standard output: everything that a client needs, for programs. */
export interface Greeting {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The virtual instant, ISO. */
  readonly now: string;
  /** The stack's HTTP API, for webhooks. */
  readonly api: string;
}

export function greetingOf({ wire, api }: Runtime, now: string): Greeting {
  return { endpoint: wire.endpoint, region: REGION, ...wire.credentials('operator'), now, api };
}

/**
 * Returns the same for people, who paste it into another terminal. The AWS CLI reads the endpoint from version 2.13 on:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function exportsOf({ endpoint, region, accessKeyId, secretAccessKey }: Greeting): string {
  const variables = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value}'`)
    .join('\n');
}
