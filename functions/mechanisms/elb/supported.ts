import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { TARGET_TAG } from '../../../src/targets/tag.ts';
import { manifestIn } from './controller.ts';
import type { Forwarder } from './elb.ts';
import { nameOf, sharesOf, type Share } from './split.ts';

/**
 * Returns the groups that a listener or rule forwards to.
 * @throws UnsupportedTarget if it does not exist, cannot be changed, or does not forward
 */
export function supported(target: string, forwarder: Forwarder | null): readonly Share[] {
  const unsupported = (why: string) => new UnsupportedTarget(`${target}: ${why}`);
  if (forwarder === null) throw unsupported('there is no such listener or rule');
  if (forwarder.isDefaultRule)
    throw unsupported(
      "it is a listener's default rule, which only the listener itself can change: name that",
    );
  const shares = sharesOf(forwarder.actions);
  if (shares === null) throw unsupported('it does not forward to target groups');
  return shares;
}

/**
 * Checks that no tag of a target group names another owner. ECS and CodeDeploy move these weights without a mark in
 * Elastic Load Balancing. Asking them needs permission to read every service and deployment group of the account, so
 * only the tag counts. It names the owner of the targets, which must be rolled back instead.
 * @throws UnsupportedTarget naming the owner
 */
export function checkOwner(target: string, tags: ReadonlyMap<string, Tags>): void {
  for (const of of tags.values()) {
    const manifest = manifestIn(of);
    if (manifest !== null)
      throw new UnsupportedTarget(
        `${target}: the AWS Load Balancer Controller sets its weights from ${manifest}, by its tags, and restores them: change them there`,
      );
  }
  for (const [arn, { [TARGET_TAG]: tag = '' }] of tags) {
    const named = tag.split(' ').filter((word) => word !== '');
    const owner = named.find((one) => !one.startsWith('elb:'));
    if (owner === undefined || named.includes(target)) continue;
    throw new UnsupportedTarget(
      `${target}: ${nameOf(arn)} belongs to ${owner}, by its tag ${TARGET_TAG}: roll that back instead`,
    );
  }
}
