import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type {
  CreateListenerResponse,
  CreateRuleResponse,
  CreateServiceNetworkResponse,
  CreateServiceResponse,
  GetListenerResponse,
  GetRuleResponse,
  ListTargetsResponse,
  RuleAction,
  TargetSummary,
} from '@aws-sdk/client-vpc-lattice';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';
import { whole } from '../whole.ts';
import { FLEET, groupArn, startFleet } from './fleet.ts';
import { actionOf, addressesOf, GOOD, openGroup, SERVERS, type SideOptions, type Weights } from './sides.ts';

/** The ids of service and listener differ from seed to seed. */
export const TARGET = 'lattice:the listener of the shop';

export const FAULTY = { errorRate: 0.4 };

export const SOAK_MINUTES = 5;
type Tags = Readonly<Record<string, string>>;

export interface MeshOptions extends SideOptions {
  /** The weights are those of a rule, or of the listener's default action. */
  readonly on?: 'listener' | 'rule';
  /** Tags of the listener or rule, besides the consent. */
  readonly tags?: Tags;
  readonly serviceTags?: Tags;
  /**
   * What the alarm watches, without a tag of its own: the service, or green, whose tag names the target. Absent: the
   * service, and the alarm's tag names the target.
   */
  readonly alarmOn?: 'service' | 'green';
  /** Waits until blue is proven in the ledger. */
  readonly proven?: boolean;
  /** The sides at the beginning; the first one has all of the traffic. Blue and green unless the scenario says otherwise. */
  readonly sides?: readonly [string, ...string[]];
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: (mesh: Mesh) => void;
}

/** Actions of a scenario on a service of VPC Lattice with the target groups `shop-blue` and `shop-green`. */
export interface Mesh {
  /** `lattice:svc-…/listener-…`, perhaps with a rule. */
  readonly target: string;
  readonly service: string;
  readonly listener: string;
  /** The ids of the target groups, by side. */
  readonly groups: Readonly<Record<string, string>>;
  /** Adds a side with healthy targets. */
  open(side: string): void;
  /** Starts a release on a side that has a fleet, in place of the present one, and waits until it is in service. */
  start(side: string, behaviour?: Partial<Behaviour>): Promise<void>;
  /** Sets the weights, as a pipeline does. A side that is left out is detached. */
  weigh(weights: Weights): void;
  weights(): Weights;
  /** Sends the users of another path of the service to a side too. */
  addPath(path: string, side: string, tags?: Tags): void;
  /** Sets the behaviour of a side's servers from now on. */
  behave(side: string, behaviour: Partial<Behaviour>): void;
  /** Lets so many servers of a side fail their health checks, and waits until it shows. */
  lose(side: string, servers: number): Promise<void>;
  /** Whether all servers of a side are healthy, and there is one. */
  isHealthy(side: string): boolean;
  /** Waits until the division with the traffic is proven. */
  soak(): Promise<void>;
}

/** Opens with users, an alarm, and all of the traffic on blue. */
export async function openMesh(stage: Stage, options: MeshOptions = {}): Promise<Mesh> {
  const { proven = true, serviceTags = {}, sides = ['blue', 'green'] } = options;
  const groups: Record<string, string> = {};
  const open = (side: string) => {
    groups[side] = openGroup(stage, side, options);
  };
  for (const side of sides) open(side);
  const service = stage.call<CreateServiceResponse>('lattice', 'CreateService', {
    ...{ name: 'shop', tags: serviceTags },
  });
  joinVpc(stage, service.id ?? '');
  const where = openForwarder(stage, service.id ?? '', actionOf(groups, whollyOn(sides)), options);
  const mesh = meshOf(stage, where, groups, open);
  if (options.fleets === true) for (const side of sides) await mesh.start(side);
  if (options.putAlarms === undefined) putAlarm(stage, mesh, options);
  else options.putAlarms(mesh);
  if (options.alarmOn === 'green') tagGroups(stage, mesh);
  await stage.minutes(proven ? SOAK_MINUTES + 5 : 3);
  return mesh;
}

/** Returns weights by which the first side has all of the traffic. */
function whollyOn([first, ...others]: readonly [string, ...string[]]): Weights {
  return { [first]: 100, ...Object.fromEntries(others.map((side) => [side, 0])) };
}

/** Lets the clients of the default VPC reach the service. */
function joinVpc(stage: Stage, serviceIdentifier: string): void {
  const { id: serviceNetworkIdentifier } = stage.call<CreateServiceNetworkResponse>(
    ...(['lattice', 'CreateServiceNetwork', { name: 'shop' }] as const),
  );
  const vpc = { serviceNetworkIdentifier, vpcIdentifier: 'vpc-0a1b2c3d' };
  stage.call('lattice', 'CreateServiceNetworkVpcAssociation', vpc);
  const service = { serviceNetworkIdentifier, serviceIdentifier };
  stage.call('lattice', 'CreateServiceNetworkServiceAssociation', service);
}

interface Where {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly ruleIdentifier?: string;
}

function openForwarder(
  stage: Stage,
  service: string,
  action: RuleAction,
  { on = 'listener', tags = {} }: MeshOptions,
): Where {
  const own = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
  const answer = { fixedResponse: { statusCode: 404 } };
  const listener = stage.call<CreateListenerResponse>('lattice', 'CreateListener', {
    ...{ serviceIdentifier: service, name: 'http', protocol: 'HTTP' },
    ...(on === 'listener' ? { defaultAction: action, tags: own } : { defaultAction: answer }),
  });
  const keys = { serviceIdentifier: service, listenerIdentifier: listener.id ?? '' };
  if (on === 'listener') return keys;
  const { id } = stage.call<CreateRuleResponse>('lattice', 'CreateRule', {
    ...{ ...keys, name: 'shop', priority: 50, action, tags: own },
    match: prefix('/shop'),
  });
  return { ...keys, ruleIdentifier: id ?? '' };
}

function prefix(path: string) {
  return { httpMatch: { pathMatch: { match: { prefix: path } } } };
}

function meshOf(
  stage: Stage,
  where: Where,
  groups: Readonly<Record<string, string>>,
  open: Mesh['open'],
): Mesh {
  const { serviceIdentifier: service, listenerIdentifier: listener, ruleIdentifier: rule } = where;
  const behave: Mesh['behave'] = (side, behaviour) => {
    for (const address of addressesOf(side)) stage.world.endpoints.put(address, whole(GOOD, behaviour));
  };
  return {
    target: `lattice:${[service, listener, ...(rule === undefined ? [] : [rule])].join('/')}`,
    ...{ service, listener, groups, open, behave },
    start: (side, behaviour) => startFleet(stage, side, groups[side] ?? '', { ...FLEET, ...behaviour }),
    weigh: (weights) => {
      const action = actionOf(groups, weights);
      if (rule === undefined) stage.call('lattice', 'UpdateListener', { ...where, defaultAction: action });
      else stage.call('lattice', 'UpdateRule', { ...where, action });
      stage.journal.release(`the weights are ${JSON.stringify(weights)}`);
    },
    weights: () => {
      const action =
        rule === undefined
          ? stage.call<GetListenerResponse>('lattice', 'GetListener', where).defaultAction
          : stage.call<GetRuleResponse>('lattice', 'GetRule', where).action;
      const sides = new Map(Object.entries(groups).map(([side, id]) => [id, side]));
      return Object.fromEntries(
        (action?.forward?.targetGroups ?? []).map(({ targetGroupIdentifier = '', weight = 0 }) => [
          sides.get(targetGroupIdentifier) ?? '',
          weight,
        ]),
      );
    },
    addPath: (path, side, tags = {}) =>
      void stage.call('lattice', 'CreateRule', {
        ...{ serviceIdentifier: service, listenerIdentifier: listener, name: path, priority: 10 },
        ...{ match: prefix(`/${path}`), action: actionOf(groups, { [side]: 100 }), tags },
      }),
    lose: async (side, servers) => {
      for (const address of addressesOf(side).slice(0, servers))
        stage.world.endpoints.put(address, { ...GOOD, health: 'fails' });
      await stage.until(
        `${servers} servers of ${side} are lost`,
        () => healthyIn(stage, groups[side]) === SERVERS - servers,
        5,
      );
    },
    isHealthy: (side) => {
      const healthy = healthyIn(stage, groups[side]);
      return healthy > 0 && healthy === targetsIn(stage, groups[side]).length;
    },
    soak: () => stage.minutes(SOAK_MINUTES + 4),
  };
}

function healthyIn(stage: Stage, group: string | undefined): number {
  return targetsIn(stage, group).filter(({ status }) => status === 'HEALTHY').length;
}

function targetsIn(stage: Stage, group: string | undefined): readonly TargetSummary[] {
  const input = { targetGroupIdentifier: group };
  const { items = [] } = stage.call<ListTargetsResponse>('lattice', 'ListTargets', input);
  return items.filter(({ status }) => status !== 'DRAINING');
}

function tagGroups(stage: Stage, { groups, target }: Mesh): void {
  for (const id of Object.values(groups))
    stage.call('lattice', 'TagResource', {
      resourceArn: groupArn(id),
      tags: { 'lastgood:target': target },
    });
}

/** Puts an alarm: more than one error a second, for two minutes. */
function putAlarm(stage: Stage, { service, groups, target }: Mesh, { alarmOn }: MeshOptions): void {
  const watched =
    alarmOn === 'green'
      ? { Name: 'TargetGroup', Value: groups['green'] }
      : { Name: 'Service', Value: service };
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'shop-errors',
    ...{ Namespace: 'AWS/VpcLattice', MetricName: 'HTTPCode_5XX_Count', Dimensions: [watched] },
    ...{ Period: 60, Statistic: 'Sum', EvaluationPeriods: 2, DatapointsToAlarm: 2, Threshold: 60 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' },
    ...(alarmOn === undefined && { Tags: [{ Key: 'lastgood:target', Value: target }] }),
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

/**
 * Expects these weights.
 * @throws Error when the listener or rule has others
 */
export function weighs(mesh: Mesh, wanted: Weights): void {
  const found = JSON.stringify(mesh.weights());
  if (found !== JSON.stringify(wanted))
    throw new Error(`the weights are ${found}, not ${JSON.stringify(wanted)}`);
}
