import { BACK, story } from '../apigateway/story.ts';
import { has, openApi as openRestApi } from '../apigateway/api.ts';
import { openFleet, TARGET as FLEET, wentTo } from '../asg/fleet.ts';
import { openApi, pointsAt, TARGET as ALIAS } from '../lambda/api.ts';
import { openEdge, TARGET as NAME, weighs } from '../route53/edge.ts';
import type { Scenario } from '../scenario.ts';
import { pause, resume, staysFor, untilHeld } from './pausing.ts';

const FAULTY = { errorRate: 0.5 };

/** Each other kind of target waits as well: its writes pass the same fence. */
export const pausedKinds: readonly Scenario[] = [
  {
    name: 'pause-asg',
    shows: 'an instance refresh hurts while Lastgood is paused: it is not rolled back before the pause ends',
    target: FLEET,
    async play(stage) {
      const fleet = await openFleet(stage);
      pause(stage);
      fleet.release(FAULTY, { preferences: { MaxHealthyPercentage: 125, InstanceWarmup: 240 } });
      await untilHeld(stage);
      await staysFor(stage, 2);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['RollbackInstanceRefresh'],
      also: (stage) => wentTo(stage, '1'),
    },
  },
  story({
    name: 'pause-apigateway',
    shows: 'a canary of a REST API hurts while Lastgood is paused: it stays until the pause ends',
    async play(stage) {
      const api = await openRestApi(stage);
      pause(stage);
      api.canary(20, FAULTY);
      await untilHeld(stage);
      await staysFor(stage, 5);
      resume(stage);
      await stage.aftermath();
      return () => has(api, api.first);
    },
    ends: BACK,
  }),
  {
    name: 'pause-lambda',
    shows: 'a canary of an alias hurts while Lastgood is paused: its weights stay until the pause ends',
    target: ALIAS,
    async play(stage) {
      const api = await openApi(stage);
      pause(stage);
      api.canary(0.2, FAULTY);
      await untilHeld(stage);
      await staysFor(stage, 5);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateAlias'],
      also: (stage) => pointsAt(stage, '1'),
    },
  },
  {
    name: 'pause-route53',
    shows:
      'half of the answers point to a bad release while Lastgood is paused: they stay until the pause ends',
    target: NAME,
    async play(stage) {
      const edge = await openEdge(stage);
      edge.behave('green', FAULTY);
      pause(stage);
      edge.weigh({ blue: 128, green: 128 });
      await untilHeld(stage);
      await staysFor(stage, 5);
      resume(stage);
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['ChangeResourceRecordSets'] },
  },
];
