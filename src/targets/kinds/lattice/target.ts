import type { Kind } from '../../kind.ts';

/** The ids of VPC Lattice have seventeen characters after the hyphen (API_Listener). */
const ID = '[0-9a-z]{17}';
const NAME = new RegExp(`^(svc-${ID})/(listener-${ID})(?:/(rule-${ID}))?$`);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclattice.html */
const ARN = new RegExp(
  `^arn:aws[a-z-]*:vpc-lattice:[a-z0-9-]+:\\d{12}:` +
    `service/(svc-${ID})/listener/(listener-${ID})(?:/rule/(rule-${ID}))?$`,
);

/** A listener, which stands for its default action, or one of its other rules. */
export interface ForwarderName {
  readonly service: string;
  readonly listener: string;
  /** Null: the default action. */
  readonly rule: string | null;
}

/** Parses `lattice:svc-…/listener-…/rule-…`, or `lattice:svc-…/listener-…`. */
export function forwarderOf(target: string): ForwarderName {
  const [service = '', listener = '', rule] = target.slice(target.indexOf(':') + 1).split('/');
  return { service, listener, rule: rule ?? null };
}

/** Returns `lattice:svc-…/listener-…` or `lattice:svc-…/listener-…/rule-…`. */
export function targetOf({ service, listener, rule }: ForwarderName): string {
  return `lattice:${[service, listener, ...(rule === null ? [] : [rule])].join('/')}`;
}

function problemOf(name: string): string | null {
  return NAME.test(name)
    ? null
    : `${JSON.stringify(name)} must be svc-…/listener-… or svc-…/listener-…/rule-…, by their ids`;
}

function fromArn(arn: string): string | null {
  const [, service, listener, rule] = ARN.exec(arn) ?? [];
  if (service === undefined || listener === undefined) return null;
  return [service, listener, ...(rule === undefined ? [] : [rule])].join('/');
}

/**
 * Returns the service or target group that a metric of AWS/VpcLattice is about. The value is its id, or its ARN.
 * Unknown: lattice-service-dimension.
 */
function watchedIn({ Service = '', TargetGroup = '' }: Readonly<Record<string, string>>) {
  const [group] = new RegExp(`(?<=^|:targetgroup/)tg-${ID}$`).exec(TargetGroup) ?? [];
  if (group !== undefined) return { service: 'vpc-lattice', resource: `targetgroup/${group}` };
  const [of] = new RegExp(`(?<=^|:service/)svc-${ID}$`).exec(Service) ?? [];
  return of === undefined ? null : { service: 'vpc-lattice', resource: `service/${of}` };
}

/**
 * `lattice:<service>/<listener>[/<rule>]`: the weights with which a listener's default action, or another rule, forwards.
 * Metrics have dimensions for services and target groups, but not for listeners. So a tag names the target of an alarm, or
 * it is the only one of the service that opted in.
 * VPC Lattice sends no events about weights.
 */
export const kind: Kind = {
  name: 'lattice',
  problemOf,
  fromDimensions: () => null,
  watchedIn,
  fromArn,
  fromDeploymentEvent: () => null,
  // AWS gives no rates for the API of VPC Lattice. Unknown: lattice-rates.
  reads: {
    plan: [{ quota: 'autoscaling read', calls: 2 }],
    revert: [{ quota: 'autoscaling read', calls: 2 }],
    readiness: [{ quota: 'autoscaling read', calls: 2 }],
  },
};
