import type { Kind } from '../../kind.ts';

/** The examples have sixteen digits; the documentation also shows eighteen. */
const ID = '[0-9a-f]{16,32}';
const LOAD_BALANCER = `[A-Za-z0-9-]{1,32}/${ID}`;

/**
 * ARNs of listeners of Application and Network Load Balancers, and of rules, which only the former have.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
const ARN = new RegExp(
  `^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\\d{12}:` +
    `(?:listener/(?:app|net)/${LOAD_BALANCER}/${ID}|listener-rule/app/${LOAD_BALANCER}/${ID}/${ID})$`,
);

/** Returns the ARN in a target string. */
export function arnOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

/** Returns the ARN of the load balancer to which a listener or rule belongs. */
export function balancerOf(arn: string): string {
  const [prefix = '', , type = '', name = '', id = ''] = arn.split(/:(?=listener)|\//);
  return `${prefix}:loadbalancer/${[type, name, id].join('/')}`;
}

export function isRule(arn: string): boolean {
  return arn.includes(':listener-rule/');
}

/** Says whether a text is the ARN of a listener or rule that can be a target. */
export function isForwarder(text: string): boolean {
  return ARN.test(text);
}

function problemOf(name: string): string | null {
  return isForwarder(name)
    ? null
    : `${JSON.stringify(name)} must be the ARN of a listener or of a listener rule`;
}

/**
 * `elb:<ARN>`: the weights with which a listener or rule forwards. Metrics have dimensions for load balancers and
 * target groups, but not for listeners, so an alarm names the target by a tag. Elastic Load Balancing sends no events
 * about weights.
 */
export const kind: Kind = {
  name: 'elb',
  problemOf,
  fromDimensions: () => null,
  fromArn: (arn) => (isForwarder(arn) ? arn : null),
  fromDeploymentEvent: () => null,
  reads: {
    plan: [
      { quota: 'elb read', calls: 2 },
      { quota: 'autoscaling read', calls: 1 },
    ],
    revert: [
      { quota: 'elb read', calls: 2 },
      { quota: 'autoscaling read', calls: 2 },
    ],
    readiness: [
      { quota: 'elb read', calls: 6 },
      { quota: 'autoscaling read', calls: 2 },
    ],
  },
};
