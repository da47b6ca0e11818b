import type { Rollback } from '../../../src/rollback/document.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { inShop, SKIPPED } from './code-deploy-play.ts';
import { SERVICE } from './external-shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** A release whose tasks never start: CodeDeploy fails it after an hour, in Install, and leaves the task set. */
const failedInInstall = inShop({ tags: { lastgood: 'observe' } }, async (shop, stage) => {
  shop.release('v2', {}, { imageMissing: true });
  await stage.minutes(63);
});
const failedUntagged = inShop({}, (shop, stage) => {
  stage.call('ecs', 'UntagResource', { resourceArn: SERVICE, tagKeys: ['lastgood'] });
  shop.release('v2', {}, { imageMissing: true });
});

/** Returns a check: null if these targets had one execution each, all skipped, or else the executions. */
function skippedFor(targets: readonly string[]) {
  return ({ runtime }: Stage): string | null => {
    const documents = rollbacksIn(runtime)
      .filter(({ arn }) => arn.includes('-rollback:'))
      .map(({ states }) => states.at(-1)?.input as Rollback);
    const ended = documents.map(({ request, outcome }) => `${request.target} ${outcome?.state}`).toSorted();
    const wanted = targets.map((target) => `${target} skipped`);
    return ended.join() === wanted.join() ? null : `the executions: ${ended.join(', ')}`;
  };
}

/** Deployments that CodeDeploy fails. Its events name the deployment group. */
export const failedDeployments: readonly Scenario[] = [
  {
    name: 'ecs-codedeploy-fails-in-install',
    shows:
      'a deployment of an observed service fails before it had any traffic: the service is judged, and not its group',
    target: TARGET,
    play: failedInInstall.play,
    ends: {
      ...SKIPPED,
      also: skippedFor(['codedeploy:shop/checkout', TARGET, TARGET]),
    },
  },
  {
    name: 'ecs-codedeploy-fails-untagged',
    shows: 'the same where the service is not opted in: no person is notified',
    target: TARGET,
    play: failedUntagged.play,
    ends: {
      ...SKIPPED,
      because: /it deploys ecs:prod\/checkout, which is judged as a target of its own/,
      also: skippedFor(['codedeploy:shop/checkout']),
    },
  },
];
