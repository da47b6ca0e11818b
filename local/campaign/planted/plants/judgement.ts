import { DEPENDENCY } from '../../neighbours.ts';
import { nightOn, step } from '../nights.ts';
import type { Plant } from '../plant.ts';

const JUDGE = 'src/rollback/judge.ts';
const GROUND = 'ecs/ECS/rolling';

/** A good release, minutes before a person scales the service to nothing. */
const EMPTIED = nightOn(GROUND, [step(60, 'fix'), step(300, 'scale-to-nothing', { minutes: 20 })], {
  alarm: { on: 'count', minutes: 1, missing: 'notBreaching', composite: false },
});

/** The retries of failing users are load, and turn the alarm of a scaling policy. */
const LOADED = nightOn(GROUND, [step(60, 'release', { way: 'errors' })], { scaling: 'steps' });

/** A good release, minutes before a bad one of its dependency, with which Lastgood goes back. */
const NEEDING = nightOn(
  GROUND,
  [step(60, 'fix'), step(300, 'dependency-suffers', { share: 0.5, minutes: 40 })],
  { tags: { lastgood: 'auto', 'lastgood:soak': '5', 'lastgood:needs': DEPENDENCY } },
);

/** Takes one rule out of the judge's list. */
function without(rule: string, is: string, about: Pick<Plant, 'repeats' | 'shows' | 'story'> = {}): Plant {
  return {
    name: `judge-without-${rule}`,
    is,
    ...about,
    ...{ file: JUDGE, from: `\n  ${rule},\n`, to: '\n', kinds: ['ecs'] },
  };
}

/** Rules that the judge forgot. */
export const judgement: readonly Plant[] = [
  without('isOptedIn', 'a target that its owner did not opt in is written to', { shows: 'bus-away' }),
  without('isWantedToRun', 'a target that a person scaled to zero is gone back with', { story: EMPTIED }),
  without('isFresh', 'an alarm of long ago is taken for one of now'),
  without('showsHarm', 'an alarm that only scales is taken for harm', { story: LOADED }),
  without('isGenuine', 'an alarm that an operator set by hand is believed'),
  without('isNear', 'a deployment of days ago is accused'),
  without('wasOkBefore', 'an alarm that was red before the deployment accuses it', {
    repeats: 'METR hawk 1429',
    shows: 'asked-for',
  }),
  without('isToBlame', 'a deployment is accused without the evidence of the clues'),
  without('stillHurts', 'harm that is over is acted on'),
  without('outlastsRollout', 'a rollout that takes every target away condemns its good release'),
  without('isNoSlowStart', 'a good release is undone while its new targets become healthy'),
  without('needsNothingRed', 'a broken dependency is taken for the fault of the deployment'),
  without('needsNothingBack', 'a target is gone back with while its dependency goes back', {
    story: NEEDING,
  }),
  without('isAboutWhatRuns', 'an alarm about what no longer runs is acted on', {
    repeats: 'AWS us-east-1, October 2025',
  }),
  without('isMadeForSuspect', 'the plan accuses an older release than the measurements'),
  without('isNotUndone', "a person's way back or fix is undone", {
    repeats: 'Knight Capital 2012',
    shows: 'fixed',
  }),
  without('isNoFix', 'a deployment made while another alarm was red is undone', {
    repeats: 'METR hawk 1429',
  }),
  without('isNoWayBack', "a person's way back is undone", { shows: 'fixed' }),
  without('isNoRollback', 'a rollback is rolled back', { repeats: 'Argo Rollouts 3078' }),
  without('isFirstForRevision', 'one bad revision is rolled back again and again', {
    shows: 'outage-in-proof',
  }),
  without('isCool', 'the next rollback does not wait for the cool-down', {
    repeats: 'Cloudflare, November 2025',
    shows: 'redelivered',
  }),
  without('isNotDenied', 'the plan that a person denied is carried out for the next alarm'),
  without('isNotFrozen', 'a frozen target is moved', {
    repeats: 'Azure Front Door, October 2025',
    shows: 'frozen',
  }),
  without('leadsToGood', 'Lastgood goes back to what is not known to be good', {
    repeats: 'ECS containers-roadmap 328',
    shows: 'never-starts',
  }),
  without('isAccused', 'a lookout is believed about another deployment'),
];
