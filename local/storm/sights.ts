import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { record } from './record.ts';
import type { Kind, Subject } from './subject.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Returns the targets whose present state a successful call shows. `all` means every target of the kind. */
type Reader = (input: Fields, output: Fields) => readonly string[] | { readonly all: Kind };

/**
 * The calls that show a target's state: AWS's answer names it, or the question names it alone. A list of names shows
 * none.
 */
const READERS: Readonly<Record<string, Reader>> = {
  DescribeServices: (_, { services }) =>
    list(services).map((one) => `ecs:${lastPart(one['clusterArn'])}/${text(one['serviceName'])}`),
  ListServiceDeployments: ({ cluster, service }) => [`ecs:${lastPart(cluster)}/${lastPart(service)}`],
  DescribeRules: (_, { Rules }) => list(Rules).map(({ RuleArn }) => `elb:${text(RuleArn)}`),
  DescribeListeners: (_, { Listeners }) =>
    list(Listeners).map(({ ListenerArn }) => `elb:${text(ListenerArn)}`),
  ListAliases: ({ FunctionName }, { Aliases }) =>
    list(Aliases).map(({ Name }) => aliasOf(FunctionName, Name)),
  GetAlias: ({ FunctionName, Name }) => [aliasOf(FunctionName, Name)],
  ListResourceRecordSets: ({ HostedZoneId }, { ResourceRecordSets }) =>
    list(ResourceRecordSets).map(
      ({ Name, Type }) => `route53:${lastPart(HostedZoneId)}/${text(Name).replace(/\.$/, '')}/${text(Type)}`,
    ),
  DescribeAutoScalingGroups: (_, { AutoScalingGroups }) =>
    list(AutoScalingGroups).map(({ AutoScalingGroupName }) => `asg:${text(AutoScalingGroupName)}`),
  BatchGetDeploymentGroups: ({ applicationName }, { deploymentGroupsInfo }) =>
    list(deploymentGroupsInfo).map((one) => groupOf(applicationName, one['deploymentGroupName'])),
  GetDeploymentGroup: ({ applicationName, deploymentGroupName }) => [
    groupOf(applicationName, deploymentGroupName),
  ],
  // Without a group it lists the deployments of all groups, and so shows which had none.
  ListDeployments: ({ applicationName, deploymentGroupName }) =>
    applicationName === undefined ? { all: 'codedeploy' } : [groupOf(applicationName, deploymentGroupName)],
};

/** How long targets of one kind were out of sight. */
export interface OutOfSight {
  readonly kind: Kind;
  readonly targets: number;
  readonly oldestMinutes: number;
  readonly medianMinutes: number;
}

/** Keeps when the sweep last saw each target, by its calls and AWS's answers, not by Lastgood's own records. */
export class Sights {
  readonly #now: () => number;
  readonly #kinds: ReadonlyMap<string, Kind>;
  readonly #seenAt = new Map<string, number>();
  /** The longest time between two sights, in milliseconds. */
  readonly #longest = new Map<string, number>();

  constructor(subjects: readonly Subject[], now: () => number) {
    this.#now = now;
    this.#kinds = new Map(subjects.map(({ target, kind }) => [target, kind]));
    for (const { target } of subjects) this.#seenAt.set(target, now());
  }

  /** Takes a call of the sweep that succeeded. */
  answered({ operation, input }: Pick<Call, 'operation' | 'input'>, output: unknown): void {
    const seen = READERS[operation]?.(record(input), record(output)) ?? [];
    for (const target of 'all' in seen ? this.#of(seen.all) : seen) this.#see(target);
  }

  /** Returns the longest times out of sight until now, by kind. */
  outOfSight(): readonly OutOfSight[] {
    for (const target of this.#kinds.keys()) this.#measure(target);
    const byKind = Map.groupBy(this.#kinds.keys(), (target) => this.#kinds.get(target) ?? 'ecs');
    return [...byKind].map(([kind, targets]) => {
      const minutes = targets
        .map((target) => (this.#longest.get(target) ?? 0) / 60_000)
        .sort((a, b) => a - b);
      return {
        ...{ kind, targets: targets.length },
        oldestMinutes: rounded(minutes.at(-1) ?? 0),
        medianMinutes: rounded(minutes[Math.floor(minutes.length / 2)] ?? 0),
      };
    });
  }

  #of(kind: Kind): readonly string[] {
    return [...this.#kinds].flatMap(([target, of]) => (of === kind ? [target] : []));
  }

  #see(target: string): void {
    if (!this.#kinds.has(target)) return;
    this.#measure(target);
    this.#seenAt.set(target, this.#now());
  }

  #measure(target: string): void {
    const since = this.#now() - (this.#seenAt.get(target) ?? 0);
    this.#longest.set(target, Math.max(since, this.#longest.get(target) ?? 0));
  }
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lastPart(nameOrArn: unknown): string {
  return text(nameOrArn).split('/').at(-1) ?? '';
}

function aliasOf(nameOrArn: unknown, alias: unknown): string {
  return `lambda:${text(nameOrArn).replace(/^arn:.*:function:/, '')}/${text(alias)}`;
}

function groupOf(application: unknown, group: unknown): string {
  return `codedeploy:${text(application)}/${text(group)}`;
}

function rounded(minutes: number): number {
  return Number(minutes.toFixed(1));
}
