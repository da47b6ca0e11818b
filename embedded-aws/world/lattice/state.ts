import type {
  ListenerProtocol,
  RuleAction,
  RuleMatch,
  TargetGroupConfig,
  TargetGroupStatus,
  TargetGroupType,
  WeightedTargetGroup,
} from '@aws-sdk/client-vpc-lattice';
import type { Timer } from '../clock.ts';
import type { TargetId } from '../seams.ts';
import { AwsError } from '../service.ts';

export interface Service {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly dns: string;
  readonly createdAt: Date;
}

/** A service network, through which the clients of its VPCs reach its services. */
export interface Network {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface VpcAssociation {
  readonly id: string;
  readonly arn: string;
  readonly network: Network;
  readonly vpc: string;
}

export interface ServiceAssociation {
  readonly id: string;
  readonly arn: string;
  readonly network: Network;
  readonly service: Service;
}

export interface Listener {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly service: Service;
  readonly protocol: ListenerProtocol;
  readonly port: number;
  readonly createdAt: Date;
}

/** A rule of a listener. The default action is a rule too, which only UpdateListener changes. */
export interface Rule {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly listener: Listener;
  readonly isDefault: boolean;
  readonly createdAt: Date;
  priority: number;
  match: RuleMatch | undefined;
  /** The action of API answers. */
  action: RuleAction;
  /** The action that requests meet. A change reaches it with a delay. */
  spread: RuleAction;
  updatedAt: Date;
}

export interface Registration {
  readonly target: TargetId;
  health: 'INITIAL' | 'HEALTHY' | 'UNHEALTHY';
  /** Equal results in a row, and the result of the last check. */
  streak: number;
  passing: boolean;
  draining: boolean;
  timer?: Timer;
}

export interface TargetGroup {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: TargetGroupType;
  readonly createdAt: Date;
  config: TargetGroupConfig | undefined;
  status: TargetGroupStatus;
  updatedAt: Date;
  /** By id and port. */
  readonly targets: Map<string, Registration>;
}

/** All VPC Lattice state, by id. Tags by ARN. */
export interface LatticeState {
  readonly services: Map<string, Service>;
  readonly listeners: Map<string, Listener>;
  readonly rules: Map<string, Rule>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly networks: Map<string, Network>;
  readonly vpcAssociations: Map<string, VpcAssociation>;
  readonly serviceAssociations: Map<string, ServiceAssociation>;
  readonly tags: Map<string, Map<string, string>>;
}

export function emptyState(): LatticeState {
  return {
    services: new Map(),
    listeners: new Map(),
    rules: new Map(),
    targetGroups: new Map(),
    networks: new Map(),
    vpcAssociations: new Map(),
    serviceAssociations: new Map(),
    tags: new Map(),
  };
}

/** Deletes a resource with its tags. */
export function remove(
  { tags }: LatticeState,
  from: Map<string, unknown>,
  { id, arn }: { readonly id: string; readonly arn: string },
): void {
  from.delete(id);
  tags.delete(arn);
}

/** Returns the id in an identifier, which may be an ARN. */
export function idIn(identifier = ''): string {
  return identifier.slice(identifier.lastIndexOf('/') + 1);
}

export function findService({ services }: LatticeState, identifier: string | undefined): Service {
  return services.get(idIn(identifier)) ?? missing('service', identifier);
}

export function findListener(
  state: LatticeState,
  service: string | undefined,
  identifier: string | undefined,
): Listener {
  const of = findService(state, service);
  const found = state.listeners.get(idIn(identifier));
  return found?.service === of ? found : missing('listener', identifier);
}

interface RuleKeys {
  readonly serviceIdentifier: string | undefined;
  readonly listenerIdentifier: string | undefined;
  readonly ruleIdentifier: string | undefined;
}

export function findRule(state: LatticeState, keys: RuleKeys): Rule {
  const listener = findListener(state, keys.serviceIdentifier, keys.listenerIdentifier);
  const found = state.rules.get(idIn(keys.ruleIdentifier));
  return found?.listener === listener ? found : missing('rule', keys.ruleIdentifier);
}

export function findTargetGroup({ targetGroups }: LatticeState, identifier: string | undefined): TargetGroup {
  return targetGroups.get(idIn(identifier)) ?? missing('target group', identifier);
}

export function findNetwork({ networks }: LatticeState, identifier: string | undefined): Network {
  return networks.get(idIn(identifier)) ?? missing('service network', identifier);
}

export function findVpcAssociation(
  { vpcAssociations }: LatticeState,
  identifier: string | undefined,
): VpcAssociation {
  return vpcAssociations.get(idIn(identifier)) ?? missing('association', identifier);
}

export function findServiceAssociation(
  { serviceAssociations }: LatticeState,
  identifier: string | undefined,
): ServiceAssociation {
  return serviceAssociations.get(idIn(identifier)) ?? missing('association', identifier);
}

/** Returns whether clients in a VPC reach a service through a service network. */
export function isReached({ vpcAssociations, serviceAssociations }: LatticeState, service: Service): boolean {
  const networks = new Set([...vpcAssociations.values()].map(({ network }) => network));
  return [...serviceAssociations.values()].some(
    (one) => one.service === service && networks.has(one.network),
  );
}

function missing(type: string, identifier = ''): never {
  throw new AwsError('ResourceNotFoundException', `The ${type} ${identifier} was not found`, 404);
}

/** Returns the rules of a listener by priority, the default one last. */
export function rulesOf({ rules }: LatticeState, listener: Listener): readonly Rule[] {
  return [...rules.values()]
    .filter((rule) => rule.listener === listener)
    .toSorted((one, other) => one.priority - other.priority);
}

export function defaultRuleOf(state: LatticeState, listener: Listener): Rule {
  const rule = rulesOf(state, listener).at(-1);
  if (rule === undefined) throw new AwsError('InternalServerException', 'A listener has a default rule', 500);
  return rule;
}

/** Returns the groups of an action, by weight. None: it answers with a fixed response. */
export function groupsOf(action: RuleAction): readonly WeightedTargetGroup[] {
  return action.forward?.targetGroups ?? [];
}

/** Returns the rules that name a target group, also at weight 0. */
export function usersOf({ rules }: LatticeState, group: TargetGroup): readonly Rule[] {
  return [...rules.values()].filter(({ action }) =>
    groupsOf(action).some(({ targetGroupIdentifier }) => idIn(targetGroupIdentifier) === group.id),
  );
}

export function tagsOf({ tags }: LatticeState, arn: string): Record<string, string> {
  return Object.fromEntries(tags.get(arn) ?? []);
}

export function addTags(
  state: LatticeState,
  arn: string,
  tags: Readonly<Record<string, string>> | undefined,
): void {
  const known = state.tags.get(arn) ?? new Map<string, string>();
  for (const [key, value] of Object.entries(tags ?? {})) known.set(key, value);
  state.tags.set(arn, known);
}
