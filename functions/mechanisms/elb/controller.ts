import type { Tags } from '../../../src/rollback/plan.ts';

/** The second is the name before version 2. */
const OF_CLUSTER = ['elbv2.k8s.aws/cluster', 'ingress.k8s.aws/cluster'];

/**
 * Matches the tag with the source in the cluster: `ingress.k8s.aws/stack`, `service.k8s.aws/stack`,
 * `gateway.k8s.aws.alb/stack`.
 */
const STACK = /^(ingress|service|gateway)\.k8s\.aws(?:\.[a-z]+)?\/stack$/;

/**
 * Returns the manifest from which the AWS Load Balancer Controller made a rule, listener or target group, or null if it
 * did not. The controller restores what that manifest says after every other write.
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/deploy/tracking/provider.go
 */
export function manifestIn(tags: Tags): string | null {
  const cluster = OF_CLUSTER.map((key) => tags[key]).find((value) => value !== undefined);
  const where = cluster === undefined ? '' : ` of cluster ${cluster}`;
  for (const [key, value] of Object.entries(tags)) {
    const kind = STACK.exec(key)?.[1];
    if (kind !== undefined) return `${kind} ${value}${where}`;
  }
  return cluster === undefined ? null : `a manifest${where}`;
}
