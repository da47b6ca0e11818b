import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting, variable, type Connect, type Variables } from '../aws/client.ts';
import type { Instant } from '../rollback/request.ts';
import type { Network } from './network.ts';
import { now } from './now.ts';
import { wait } from './wait.ts';

/** The external dependencies of a function. Its `bind.ts` makes its handler from them. */
export interface Surroundings extends Variables {
  readonly connect: Connect;
  /** DynamoDB in plain values. Absent: made by `connect`. */
  readonly tables?: DynamoDBDocumentClient;
  readonly now: () => Instant;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly fetch: typeof fetch;
  /** Absent: Node's own. */
  readonly network?: Network;
}

/** The surroundings of a function in Lambda. */
export const surroundings: Surroundings = {
  connect: (Service, region) => new Service({ ...clientOptions, ...(region !== undefined && { region }) }),
  setting,
  variable,
  now,
  wait,
  // Reads the global at each call, so that it can be replaced.
  fetch: (...request) => fetch(...request),
};
