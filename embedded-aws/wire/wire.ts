import type { AddressInfo } from 'node:net';
import type { Clock } from '../world/clock.ts';
import type { NeedsOf } from '../world/needs/needs.ts';
import type { Random } from '../world/random.ts';
import type { AwsService } from '../world/service.ts';
import { admission, type Admission } from './beside.ts';
import type { Call, OpenCall } from './calls.ts';
import { Callers, type Credentials } from './callers.ts';
import { Direct, type PlainTables } from './direct.ts';
import { forward, type DynamoDb, type PartitionKeys } from './dynamodb.ts';
import { overHttp } from './dynamodb-json.ts';
import { Exchange } from './exchange.ts';
import { Gate } from './gate.ts';
import { serve, stop, type HttpAnswer, type HttpRequest } from './http.ts';
import { Iam, type Decided, type PolicyDocument, type ResourcePolicies } from './iam.ts';
import { loadModel } from './sdk.ts';
import { bySigningName } from './services.ts';
import { Throttle, type Admission as RateAdmission, type Disturbances } from './throttle.ts';
import { Latency, type Timing } from './timing.ts';
import { Troubles } from './troubles.ts';

export interface WireOptions {
  readonly services: readonly AwsService[];
  /** Returns the IAM policies of a role. The role `operator` is never checked. */
  readonly policies: (role: string) => readonly PolicyDocument[];
  /** By default, no resource has one. */
  readonly resourcePolicies?: ResourcePolicies;
  /** By default a call needs only its own action. */
  readonly needs?: NeedsOf;
  readonly clock: Clock;
  readonly random: Random;
  /** URL of a dynalite, or tables in process. If absent, DynamoDB is not modelled. */
  readonly dynamodb?: string | PlainTables;
  /** For conditions on the items of its tables. */
  readonly partitionKeys?: PartitionKeys;
  /** The default 0 uses any free port. */
  readonly port?: number;
  /** By default every call happens now, by the clock. */
  readonly timing?: Timing;
  readonly watching?: Watching;
}

/** Who watches the calls. */
export interface Watching {
  /** Receives every permitted call when it reaches its rate limit, whether the bucket had a token or not. */
  readonly onAdmission?: (admission: RateAdmission) => void;
  /**
   * Receives every call that succeeded, with its answer. Inputs and answers of DynamoDB are in plain values; those that
   * a client sent over HTTP are left out.
   */
  readonly onAnswer?: (call: Call, output: unknown) => void;
  /** Whether the wire keeps a list of all calls. The default is true; a run of hours in a large world needs none. */
  readonly keepsCalls?: boolean;
}

export interface Wire {
  /** `http://127.0.0.1:port`, for `--endpoint-url` or AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** Returns access keys of a role. The wire knows a role only after this call. */
  credentials(role: string): Credentials;
  /** Every call so far, in order of arrival. */
  readonly calls: readonly Call[];
  /** Returns every distinct question to IAM so far, with its answer. */
  readonly decided: () => readonly Decided[];
  readonly disturb: Disturbances;
  /** What may go wrong with calls until it is ended. */
  readonly troubles: Troubles;
  /** Answers commands in process. */
  readonly direct: Direct;
  /** Answers a request that did not come through the socket. */
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Admits or refuses a call to a stand-in beside the wire. */
  readonly admit: Admission;
  close(): Promise<void>;
}

/**
 * Serves the world's services over HTTP, in AWS's own protocols, for any AWS client. The access key alone identifies a
 * caller: signatures are not verified. Any protocol that can name an operation reaches its service. The wire does not
 * hold the clock: a caller inside virtual time is held by its own runtime. An operation may need time to pass before it
 * answers.
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
  const { onAdmission, onAnswer = () => undefined, keepsCalls = true } = options.watching ?? {};
  const throttle = new Throttle(clock, onAdmission);
  const troubles = new Troubles();
  const iam = new Iam(options.policies, options.resourcePolicies);
  const models = new Map(
    await Promise.all(names.map(async (name) => [name, await loadModel(name)] as const)),
  );
  const latency = new Latency(random);
  const needs = options.needs ?? (() => []);
  const gate = new Gate({
    services: bySigningName(services),
    ...{ iam, latency, calls, keepsCalls, onAnswer, throttle, troubles, timing, needs },
  });
  const { partitionKeys } = options;
  const exchange = new Exchange({
    ...{ gate, models, callers, random, partitionKeys },
    dynamodb: typeof dynamodb === 'object' ? overHttp(dynamodb) : forwardTo(dynamodb),
  });
  const tables = typeof dynamodb === 'object' ? dynamodb : undefined;
  const direct = new Direct({ gate, models, tables, partitionKeys, newToken: () => random.uuid() });
  const server = await serve(options.port ?? 0, (request) => exchange.answer(request));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: (role) => callers.credentials(role),
    calls,
    decided: () => iam.decided(),
    disturb: throttle,
    troubles,
    direct,
    answer: (request) => exchange.answer(request),
    admit: admission({ calls, callers, iam, clock }),
    close: () => stop(server),
  };
}

function forwardTo(url: string | undefined): DynamoDb | undefined {
  return url === undefined ? undefined : (request) => forward(request, url);
}
