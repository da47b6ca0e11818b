import type { AddressInfo } from 'node:net';
import type { Clock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import type { AwsService } from '../world/service.ts';
import { admission, type Admission } from './beside.ts';
import type { Call, OpenCall } from './calls.ts';
import { Callers, type Credentials } from './callers.ts';
import type { PartitionKeys } from './dynamodb.ts';
import { Exchange } from './exchange.ts';
import { serve, stop } from './http.ts';
import { Iam, type PolicyDocument, type ResourcePolicies } from './iam.ts';
import { loadModel } from './sdk.ts';
import { bySigningName } from './services.ts';
import { Throttle, type Disturbances } from './throttle.ts';
import { Latency, type Timing } from './timing.ts';

export interface WireOptions {
  readonly services: readonly AwsService[];
  /** The IAM policies of a role. The role `operator` is never asked about. */
  readonly policies: (role: string) => readonly PolicyDocument[];
  /** Default: no resource has one. */
  readonly resourcePolicies?: ResourcePolicies;
  readonly clock: Clock;
  readonly random: Random;
  /** URL of a dynalite; absent: DynamoDB is not modelled. */
  readonly dynamodb?: string;
  /** For conditions on the items of its tables. */
  readonly partitionKeys?: PartitionKeys;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default: every call happens now, by the clock. */
  readonly timing?: Timing;
}

export interface Wire {
  /** `http://127.0.0.1:port`, for `--endpoint-url` or AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** Access keys that make their bearer this role. The role is unknown to the wire until it was asked for. */
  credentials(role: string): Credentials;
  /** Every call so far, in the order of arrival. */
  readonly calls: readonly Call[];
  readonly disturb: Disturbances;
  /** Lets in, or not, a call that came to a stand-in beside the wire. */
  readonly admit: Admission;
  close(): Promise<void>;
}

/**
 * The services of the world over HTTP, in AWS's own protocols, for any AWS client. A caller is known by its access key
 * alone: signatures are not verified. A service may be spoken to in any protocol that can name its operation. The clock is not held here: whoever
 * calls from inside virtual time is held by its own runtime, and an operation may need time to pass before it answers.
 */
export async function startWire(options: WireOptions): Promise<Wire> {
  const {
    services,
    clock,
    random,
    dynamodb,
    timing = { begin: () => clock.now(), end: () => undefined },
  } = options;
  const names = [
    ...services.map(({ signingName }) => signingName),
    ...(dynamodb === undefined ? [] : ['dynamodb']),
  ];
  const calls: OpenCall[] = [];
  const callers = new Callers();
  const throttle = new Throttle(clock);
  const iam = new Iam(options.policies, options.resourcePolicies);
  const exchange = new Exchange({
    services: bySigningName(services),
    models: new Map(await Promise.all(names.map(async (name) => [name, await loadModel(name)] as const))),
    iam,
    latency: new Latency(random),
    calls,
    callers,
    throttle,
    random,
    timing,
    dynamodb,
    partitionKeys: options.partitionKeys,
  });
  const server = await serve(options.port ?? 0, (request) => exchange.answer(request));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: (role) => callers.credentials(role),
    calls,
    disturb: throttle,
    admit: admission({ calls, callers, iam, clock }),
    close: () => stop(server),
  };
}
