import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import type { Forwarder } from './lattice.ts';
import { sharesOf, type Share } from './split.ts';

/**
 * Returns the groups that a listener or rule forwards to.
 * @throws UnsupportedTarget if it does not exist, cannot be changed, or does not forward
 */
export function supported(target: string, forwarder: Forwarder | null): readonly Share[] {
  const unsupported = (why: string) => new UnsupportedTarget(`${target}: ${why}`);
  if (forwarder === null) throw unsupported('there is no such service, listener or rule');
  if (forwarder.isDefaultRule)
    throw unsupported(
      "it is a listener's default rule, which only the listener itself can change: name that",
    );
  const shares = sharesOf(forwarder.action);
  if (shares === null) throw unsupported('it does not forward to target groups');
  return shares;
}

/** The tags of the AWS Gateway API Controller. The first one is on every service that it owns. */
const CONTROLLER = 'application-networking.k8s.aws/ManagedBy';
const ROUTE = 'application-networking.k8s.aws/RouteName';

/**
 * Returns the route from which the AWS Gateway API Controller made a service, or null if it did not. The controller
 * restores what that route says after every other write. It tags the service, also one that it took over.
 * https://github.com/aws/aws-application-networking-k8s/blob/main/docs/guides/advanced-configurations.md
 */
export function routeIn(tags: Tags): string | null {
  const owner = tags[CONTROLLER];
  if (owner === undefined) return null;
  const route = tags[ROUTE];
  return route === undefined ? owner : `the route ${route} of ${owner}`;
}

/**
 * Checks that no tag names another owner. ECS moves these weights in blue/green, linear and canary deployments, without
 * a mark in VPC Lattice. Asking it needs permission to read every service of the account, so only the tag of the target
 * group counts. It names the owner of the targets, which must be rolled back instead.
 * @param nameOf returns the name of the resource with these tags, for people
 * @throws UnsupportedTarget naming the owner
 */
export function checkOwner(
  target: string,
  tags: ReadonlyMap<string, Tags>,
  nameOf: (arn: string) => string,
): void {
  for (const of of tags.values()) {
    const route = routeIn(of);
    if (route !== null)
      throw new UnsupportedTarget(
        `${target}: the AWS Gateway API Controller sets its weights from ${route}, by its tags, and restores them: change them there, or register the system that deploys it and roll back external:<system>/<name> instead`,
      );
  }
  for (const [arn, { [TARGET_TAG]: tag = '' }] of tags) {
    const named = tag.split(' ').filter((word) => word !== '');
    const owner = named.find((one) => !one.startsWith('lattice:'));
    if (owner === undefined || named.includes(target)) continue;
    throw new UnsupportedTarget(
      `${target}: ${nameOf(arn)} belongs to ${owner}, by its tag ${TARGET_TAG}: roll that back instead`,
    );
  }
}
