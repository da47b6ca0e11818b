import type { Rollback } from '../../../src/rollback/document.ts';
import type { Scenario } from '../scenario.ts';
import { BUNDLES, type Stage } from '../stage.ts';
import { bundleKey, FLEET, openDeploymentGroup, runs } from './deployment-group.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };

/** Releases whose bundle is no longer on S3. */
export const codedeployBundles: readonly Scenario[] = [
  {
    name: 'codedeploy-bundle-overwritten',
    shows: 'every release overwrites the same key on S3: the good bundle is gone, and the reason says so',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { proven: false, key: 'checkout.zip' });
      await stage.minutes(5);
      group.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /was overwritten/ },
  },
  {
    name: 'codedeploy-bundle-gone',
    shows:
      'the bundle of the last known good was deleted from S3, which only the agents of CodeDeploy would notice: the one before is deployed',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { first: {}, proven: true });
      group.release('v2');
      await group.deployed();
      await stage.minutes(20);
      stage.world.bundles.remove(BUNDLES, bundleKey('v2'));
      group.release('v3', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => runs(stage, 'v1') ?? skippedCandidate(stage, /v2\.zip: it is no longer at s3/),
    },
  },
  {
    name: 'codedeploy-bundle-version-gone',
    shows:
      'in flight, and the version to which CodeDeploy would go back natively has expired on S3: the one before is deployed',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime', versions: true });
      group.release('v2');
      await group.deployed();
      await stage.minutes(20);
      const [version] = stage.world.bundles.of(BUNDLES, bundleKey('v2'));
      stage.world.bundles.remove(BUNDLES, bundleKey('v2'), version?.versionId);
      group.release('v3', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment', 'CreateDeployment'],
      also: (stage) =>
        runs(stage, 'v1') ?? skippedCandidate(stage, /v2\.zip \(.*\): version .* is no longer at/),
    },
  },
];

/** Returns null if the plan notes a skipped candidate with this reason, or else its notes. */
function skippedCandidate({ runtime }: Stage, why: RegExp): string | null {
  const { plan } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const notes = plan !== undefined && 'notes' in plan ? (plan.notes ?? []) : [];
  return notes.some((note) => why.test(note)) ? null : `the plan notes ${notes.join('; ')}`;
}
