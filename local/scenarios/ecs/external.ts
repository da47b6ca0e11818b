import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { COGNITO, OIDC } from '../elb/logins.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, inExternalShop } from './external-play.ts';
import { openExternalShop } from './external-shop.ts';
import { request } from './shop.ts';
import { TARGET } from './target.ts';

const SWITCHED = ['ModifyListener', 'ModifyRule', 'UpdateServicePrimaryTaskSet'];

const alarmed = (stage: Stage) => () => stage.world.cloudwatch.alarmState('checkout-errors') === 'ALARM';

const completed = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY);
  await stage.aftermath();
});

const canary = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY, { share: 30 });
  await stage.aftermath();
});

/** Plays a release behind a rule that authenticates its users. */
const behind = (login: Action) =>
  inExternalShop(async (stage, keep) => {
    const shop = keep(await openExternalShop(stage, { login }));
    await shop.release('v2', FAULTY);
    await stage.aftermath();
  });
const behindOidc = behind(OIDC);
const behindCognito = behind(COGNITO);

const scaledDown = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY);
  shop.scale('v1', 25);
  await stage.aftermath();
});

const unattached = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY, { forgetful: true });
  await stage.aftermath();
});

const proven = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY);
  await shop.remove('v1');
  await stage.aftermath();
});

const requested = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', { latency: 0.4 });
  await shop.remove('v1');
  await stage.minutes(5);
  request(stage, { target: TARGET, reason: 'slow, by the look of it', revision: shop.releases['v1'] ?? '' });
  await stage.aftermath();
});

/** Task sets under the EXTERNAL controller: the listener's weights are the owner's, and so is the rollout. */
export const externalTaskSets: readonly Scenario[] = [
  {
    name: 'ecs-external-in-flight',
    shows:
      'an external tool gives a new task set a third of the traffic and the alarm turns: all of it goes back',
    target: TARGET,
    play: canary.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyListener', 'ModifyRule'],
      also: canary.serves('v1'),
    },
  },
  {
    name: 'ecs-external-completed',
    shows: 'the old task set is still at full scale: traffic and the primary mark go back to it at once',
    target: TARGET,
    play: completed.play,
    ends: { outcome: 'rolled-back', served: true, writes: SWITCHED, also: completed.serves('v1') },
  },
  {
    name: 'ecs-external-oidc',
    shows: 'users log in before the rule forwards them: traffic goes back, and the client secret stays',
    target: TARGET,
    play: behindOidc.play,
    ends: { outcome: 'rolled-back', served: true, writes: SWITCHED, also: behindOidc.serves('v1') },
  },
  {
    name: 'ecs-external-cognito',
    shows: 'the rule authenticates with Cognito: AWS reads the client of the user pool on behalf of Lastgood',
    target: TARGET,
    play: behindCognito.play,
    ends: { outcome: 'rolled-back', served: true, writes: SWITCHED, also: behindCognito.serves('v1') },
  },
  {
    name: 'ecs-external-scaled-down',
    shows: 'the old task set was scaled down: it grows first, and gets the traffic when it can carry it',
    target: TARGET,
    play: scaledDown.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateTaskSet', ...SWITCHED],
      also: scaledDown.serves('v1'),
    },
  },
  {
    name: 'ecs-external-unattached',
    shows:
      'no listener knows the old target group any more, so its health is not checked: attached without weight first',
    target: TARGET,
    play: unattached.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyListener', 'ModifyRule', ...SWITCHED],
      also: unattached.serves('v1'),
    },
  },
  {
    name: 'ecs-external-new-task-set',
    shows:
      'the old task set is gone, and its revision was proven: a new one of it takes over when it is healthy',
    target: TARGET,
    play: proven.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateTaskSet', ...SWITCHED],
      also: proven.serves('v1'),
    },
  },
  {
    name: 'ecs-external-requested',
    shows: 'a tool asks for a revision by its task definition, with no alarm: it gets a new task set of it',
    target: TARGET,
    play: requested.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateTaskSet', ...SWITCHED],
      also: requested.serves('v1'),
    },
  },
  {
    name: 'ecs-external-same-group',
    shows:
      'both task sets are behind one target group: traffic cannot be moved between them, and nothing is touched',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage, { oneGroup: true });
      await shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, because: /same target group/, writes: [] },
  },
  {
    name: 'ecs-external-listener-not-opted-in',
    shows: 'the service is opted in and its listener is not: says so and changes nothing',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage, { partTags: {} });
      await shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, because: /not tagged lastgood=auto/, writes: [] },
  },
  {
    name: 'ecs-external-overtaken',
    shows: 'the fix is deployed while the old task set grows: Lastgood yields',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage);
      await shop.release('v2', FAULTY);
      shop.scale('v1', 25);
      await stage.until('the alarm turned', alarmed(stage));
      await stage.minutes(0.2);
      await shop.release('v3');
      await stage.aftermath();
    },
    ends: { outcome: 'failed-dirty', served: true, because: /newer/, writes: ['UpdateTaskSet'] },
  },
];
