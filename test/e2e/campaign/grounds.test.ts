import { expect, test } from 'vitest';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { nameOf, type Ground, type Subject } from '../../../local/campaign/ground.ts';
import { GROUNDS } from '../../../local/campaign/grounds.ts';
import { Releases } from '../../../local/campaign/releases.ts';
import type { Settings } from '../../../local/campaign/story.ts';
import { rollbacksIn } from '../../../local/scenarios/rollbacks.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import type { Rollback } from '../../../src/rollback/document.ts';

const SETTINGS: Settings = {
  tags: { lastgood: 'auto', 'lastgood:soak': '1' },
  count: 3,
  alarm: { on: 'share', minutes: 2, missing: 'notBreaching', composite: false },
  proven: true,
  slowness: false,
  interleaved: false,
};

interface End {
  readonly outcome: string | undefined;
  readonly because: string;
  /** The release to which the plan goes back. */
  readonly to: string | null;
  /** The releases that answer users. */
  readonly answering: readonly string[];
}

/** Until the sweep has proven what has soaked for a minute. */
const PROVEN_MINUTES = 6;
const MINUTE = 60_000;

/** Plays a release with errors on a ground, and returns the facts of its end. */
async function broughtBack(ground: Ground, stage: Stage): Promise<End> {
  const releases = new Releases(stage.world.clock);
  const first = releases.make('good');
  const subject = await ground.open(stage, SETTINGS, first);
  await stage.minutes(PROVEN_MINUTES);
  const bad = releases.make('errors');
  subject.deploy(bad);
  await stage.aftermath();
  const end = lastOf(stage, subject);
  const answering = releases.answeringAt(stage.world.clock.now(), MINUTE / 2);
  await useAll(subject, stage);
  return { ...end, answering };
}

/** Does what else can be done to a target. AWS may refuse it, but knows the calls. */
async function useAll(subject: Subject, stage: Stage): Promise<void> {
  subject.tag({});
  subject.tag({ lastgood: 'observe' });
  for (const act of Object.values(subject.can)) {
    try {
      act();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
    await stage.minutes(1);
  }
}

/** Returns the facts of the last rollback that held the target. */
function lastOf(stage: Stage, subject: Subject): Omit<End, 'answering'> {
  const all = rollbacksIn(stage.runtime).map(({ states }) => states.at(-1)?.input as Partial<Rollback>);
  const { outcome, plan } = all.findLast((one) => one.plan !== undefined) ?? {};
  const to = plan !== undefined && 'to' in plan ? plan.to.id : '';
  return { outcome: outcome?.state, because: outcome?.reason ?? '', to: subject.releaseOf(to) };
}

const V2 = ['v2'];
const UNANSWERED: Partial<End> = { outcome: 'skipped', to: 'v1', answering: V2 };

/** The ends of those whose way back is another's, is overwritten, or is none. */
const OTHER_ENDS: Readonly<Record<string, Partial<End>>> = {
  // The alias goes back with the deployment group, as the reason says.
  'lambda/CODE_DEPLOY/linear': { outcome: 'failed-clean', to: null, answering: ['v1', 'v2'] },
  // CodeDeploy goes back natively.
  'lambda/CODE_DEPLOY/linear-goes-back': { outcome: 'failed-clean', to: null, answering: ['v1'] },
  // The pipeline shifts to v2 again while the alarm still turns back. It turns anew, and a person is asked.
  'lambda/pipeline/canary-careless': { outcome: undefined, to: 'v1', answering: V2 },
  // A complete update leaves no earlier template.
  'cloudformation/CloudFormation/unmonitored': { outcome: 'failed-clean', to: null, answering: V2 },
  'external/argocd/refuses': { outcome: 'failed-clean', to: 'v1', answering: V2 },
  'external/argocd/fails': { outcome: 'failed-dirty', to: 'v1', answering: V2 },
  'external/argocd/does-not-answer': { outcome: 'failed-dirty', to: 'v1', answering: V2 },
  // A stage runs its actions again, so a person is asked.
  'pipeline/CodePipeline/one-stage': UNANSWERED,
  'pipeline/CodePipeline/later-approval': UNANSWERED,
  // No traffic and no health check shows whether the old record still serves, so a person is asked.
  'route53/pipeline/blue-green': UNANSWERED,
  'route53/pipeline/blue-green-old-gone': UNANSWERED,
  'route53/pipeline/canary': UNANSWERED,
};

test.each(GROUNDS.map((ground) => [nameOf(ground), ground] as const))(
  '%s: v1 comes back, or the reason says why not',
  async (name, ground) => {
    const stage = await openStage({ seed: 3, fast: true, beside: ground.beside ?? [] });
    try {
      const { because, ...end } = await broughtBack(ground, stage);
      const wanted = OTHER_ENDS[name] ?? { outcome: 'rolled-back', to: 'v1', answering: ['v1'] };
      expect(end, because).toMatchObject(wanted);
    } finally {
      await stage.close();
    }
  },
);
