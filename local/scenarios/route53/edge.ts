import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type {
  Change,
  CreateHealthCheckResponse,
  CreateHostedZoneResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';
import { openBalancers, openFleets, type Aliases, type Fleets } from './balancers.ts';

/** The name of the DNS scenarios: weighted records send users to it. The zone's id differs from seed to seed. */
export const TARGET = 'route53:the zone of example.com/www.example.com/A';

/** The name of which records are weighted. */
export const NAME = 'www.example.com';
const SOAK_MINUTES = 5;
const GOOD: Behaviour = { startSeconds: 0, health: 'passes', errorRate: 0.0001, latency: 0.08 };

const FLEET: Behaviour = { ...GOOD, startSeconds: 20 };

const ADDRESSES: Readonly<Record<string, string>> = { blue: '198.51.100.10', green: '198.51.100.20' };
const OTHERS: Readonly<Record<string, string>> = { old: '198.51.100.40' };

export interface EdgeOptions {
  /** Tags of the hosted zone. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Gives each record a health check. */
  readonly checked?: boolean;
  /** Makes the records aliases of load balancers in front of the servers. */
  readonly aliased?: boolean;
  /** Makes the records aliases of load balancers in front of Auto Scaling groups. */
  readonly fleets?: boolean;
  /** Makes the records aliases of accelerators in front of the servers. */
  readonly accelerated?: boolean;
  /** Seconds. */
  readonly ttl?: number;
  /** The servers of blue; good ones unless the scenario says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: (stage: Stage, target: string) => void;
  /** Waits until the first weights are proven in the ledger; otherwise only until users come. */
  readonly proven?: boolean;
}

/** Actions of a scenario at the edge. */
export interface Edge {
  /** `route53:<zone>/www.example.com/A`. */
  readonly target: string;
  /** Sets the weights, as a pipeline does, and creates missing records. */
  weigh(weights: Readonly<Record<string, number>>): void;
  /** Points the record of a side at another address, from the next change of weights on. */
  move(side: string, address: string): void;
  /** Puts a release behind a side that has a fleet, and waits until it is healthy. */
  release(side: string, behaviour?: Partial<Behaviour>): Promise<void>;
  /** Sets the behaviour of a side's servers from now on; null removes them. */
  behave(side: string, behaviour: Partial<Behaviour> | null): void;
  /** Keeps users away from a side that has a health check, by disabling and inverting it. */
  takeOut(side: string): void;
  /** Returns the present weights. */
  weights(): Readonly<Record<string, number>>;
  records(): readonly ResourceRecordSet[];
}

/** Opens with users, an alarm, and all weight on blue. */
export async function openEdge(stage: Stage, options: EdgeOptions = {}): Promise<Edge> {
  const { tags = {}, checked = false, accelerated = false, ttl = 30, proven = true } = options;
  const fleets = options.fleets === true ? openFleets(stage, Object.keys(ADDRESSES)) : null;
  const zone = openZone(stage, { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags });
  const target = `route53:${zone}/${NAME}/A`;
  const checks = checked ? healthChecks(stage) : {};
  const aliases = accelerated ? openAccelerators(stage) : balancersOf(stage, options, fleets);
  const moved = new Map<string, string>();
  const recordOf = (side: string) => ({
    ...{ Name: NAME, Type: 'A' as const, SetIdentifier: side },
    ...(aliases[side] ?? { TTL: ttl, ResourceRecords: [{ Value: moved.get(side) ?? addressOf(side) }] }),
    ...(checks[side] !== undefined && { HealthCheckId: checks[side] }),
  });
  const edge: Edge = {
    ...edgeOf(stage, zone, checks, recordOf),
    move: (side, address) => {
      moved.set(side, address);
      stage.world.endpoints.put(address, GOOD);
    },
    release: async (side, behaviour = {}) => fleets?.release(side, { ...FLEET, ...behaviour }),
  };
  for (const side of Object.keys(ADDRESSES)) edge.behave(side, {});
  edge.behave('blue', options.first ?? {});
  if (fleets !== null) for (const side of Object.keys(ADDRESSES)) await edge.release(side);
  edge.weigh({ blue: 255, green: 0 });
  (options.putAlarms ?? putAlarm)(stage, target);
  await stage.minutes(proven ? SOAK_MINUTES + 5 : 3);
  return edge;
}

/** Returns a whole behaviour as the object that it is, because its answers may change with time. */
function completed(behaviour: Partial<Behaviour>): Behaviour {
  return Object.keys(GOOD).every((key) => key in behaviour)
    ? (behaviour as Behaviour)
    : { ...GOOD, ...behaviour };
}

function balancersOf(stage: Stage, { aliased = false }: EdgeOptions, fleets: Fleets | null): Aliases {
  return aliased ? openBalancers(stage, ADDRESSES) : (fleets?.aliases ?? {});
}

/**
 * Returns an alias of an accelerator for each side. All accelerators have one hosted zone.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
 */
function openAccelerators(stage: Stage): Aliases {
  const opened = Object.keys(ADDRESSES).map((side) => {
    const DNSName = `a0${side}.awsglobalaccelerator.com`;
    stage.world.endpoints.put(DNSName, GOOD);
    const AliasTarget = { HostedZoneId: 'Z2BJ6XQ5FK7U4H', DNSName, EvaluateTargetHealth: false };
    return [side, { AliasTarget }] as const;
  });
  return Object.fromEntries(opened);
}

function edgeOf(
  stage: Stage,
  zone: string,
  checks: Readonly<Record<string, string>>,
  recordOf: (side: string) => Omit<ResourceRecordSet, 'Weight'>,
): Omit<Edge, 'move' | 'release'> {
  const records = () =>
    (
      stage.call<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', { HostedZoneId: zone })
        .ResourceRecordSets ?? []
    ).filter(({ Weight }) => Weight !== undefined);
  return {
    target: `route53:${zone}/${NAME}/A`,
    weigh: (weights) => {
      const Changes = Object.entries(weights).map(([side, Weight]) => ({
        Action: 'UPSERT',
        ResourceRecordSet: { ...recordOf(side), Weight },
      })) satisfies Change[];
      stage.call('route53', 'ChangeResourceRecordSets', { HostedZoneId: zone, ChangeBatch: { Changes } });
      stage.journal.release(`the weights are set to ${JSON.stringify(weights)}`);
    },
    behave: (side, behaviour) =>
      stage.world.endpoints.put(addressOf(side), behaviour === null ? null : completed(behaviour)),
    takeOut: (side) => {
      const update = { HealthCheckId: checks[side], Disabled: true, Inverted: true };
      stage.call('route53', 'UpdateHealthCheck', update);
    },
    weights: () =>
      Object.fromEntries(records().map(({ SetIdentifier = '', Weight = 0 }) => [SetIdentifier, Weight])),
    records,
  };
}

function addressOf(side: string): string {
  return ADDRESSES[side] ?? OTHERS[side] ?? '198.51.100.30';
}

function openZone(stage: Stage, tags: Readonly<Record<string, string>>): string {
  const { HostedZone } = stage.call<CreateHostedZoneResponse>('route53', 'CreateHostedZone', {
    Name: 'example.com',
    CallerReference: 'edge',
  });
  const ResourceId = HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
  const AddTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  stage.call('route53', 'ChangeTagsForResource', { ResourceType: 'hostedzone', ResourceId, AddTags });
  return ResourceId;
}

function healthChecks(stage: Stage): Readonly<Record<string, string>> {
  const created = Object.entries(ADDRESSES).map(([side, IPAddress]) => {
    const { HealthCheck } = stage.call<CreateHealthCheckResponse>('route53', 'CreateHealthCheck', {
      CallerReference: side,
      HealthCheckConfig: {
        IPAddress,
        Port: 443,
        Type: 'HTTPS',
        ResourcePath: '/health',
        RequestInterval: 10,
      },
    });
    return [side, HealthCheck?.Id ?? ''] as const;
  });
  return Object.fromEntries(created);
}

/**
 * Puts an alarm on a metric of the users' own monitoring, because DNS has no metric of errors. A tag names the target.
 */
function putAlarm(stage: Stage, target: string): void {
  const metric = (Id: string, MetricName: string) => ({
    ...{ Id, ReturnData: false },
    MetricStat: {
      Metric: { Namespace: 'Edge', MetricName, Dimensions: [{ Name: 'Host', Value: NAME }] },
      ...{ Period: 60, Stat: 'Sum' },
    },
  });
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'edge-errors',
    ...{ EvaluationPeriods: 2, DatapointsToAlarm: 2, Threshold: 3 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' },
    Metrics: [
      { Id: 'share', Expression: '100 * errors / requests', ReturnData: true },
      metric('errors', 'Errors'),
      metric('requests', 'Requests'),
    ],
    Tags: [{ Key: 'lastgood:target', Value: target }],
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

/**
 * Expects these weights.
 * @throws Error when the records have others
 */
export function weighs(edge: Edge, wanted: Readonly<Record<string, number>>): void {
  const found = JSON.stringify(edge.weights());
  if (found !== JSON.stringify(wanted))
    throw new Error(`the weights are ${found}, not ${JSON.stringify(wanted)}`);
}
