import { putAlarmOfAnother, turnToAlarm } from '../ecs/other-alarms.ts';
import { openProvenShop } from '../ecs/proven-shop.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { freeze } from '../events/freezes.ts';
import { pause } from '../pause/pausing.ts';
import type { Ending, Scenario } from '../scenario.ts';
import { ended, REHEARSE, startBack } from './rehearsal.ts';

/** Nothing is written, and the reason is said. */
const refused = (because: RegExp, more: Partial<Ending> = {}): Ending => ({
  outcome: 'skipped',
  served: true,
  writes: [],
  because,
  ...more,
});

/** Rehearsals for real that are refused before anything is written. */
export const rehearsalsRefused: readonly Scenario[] = [
  {
    name: 'rehearse-not-tagged',
    shows: 'the target has no tag lastgood:rehearse: a rehearsal for real is refused',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage);
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/is not tagged lastgood:rehearse=on/),
  },
  {
    name: 'rehearse-observed-only',
    shows: 'the target is tagged lastgood=observe: the tag lastgood:rehearse alone is no consent',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage, { tags: { ...REHEARSE, lastgood: 'observe' } });
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/is tagged lastgood=observe, so nothing is done/),
  },
  {
    name: 'rehearse-alarm-red',
    shows: 'an alarm of the target is red: a rehearsal would hide whether the way back hurts',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage, { tags: { ...REHEARSE, 'lastgood:alarms': 'queue' } });
      putAlarmOfAnother(stage, 'queue');
      turnToAlarm(stage, 'queue');
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/In ALARM: queue/),
  },
  {
    name: 'rehearse-paused',
    shows: 'Lastgood is paused: a rehearsal is refused at once, instead of waiting for the end of the pause',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage, { tags: REHEARSE });
      pause(stage);
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/Lastgood is paused/),
  },
  {
    name: 'rehearse-in-flight',
    shows: 'a release is being rolled out: the rehearsal leaves it alone',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage, { tags: REHEARSE });
      shop.release('v3');
      await stage.minutes(0.3);
      await ended(stage, startBack(stage, TARGET));
      await shop.deployed();
    },
    ends: refused(/The deployment of checkout:3 is in flight/),
  },
  {
    name: 'rehearse-not-proven',
    shows: 'the revision that runs soaks still: it is not known whether the way forward leads to a good one',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage, { tags: REHEARSE });
      shop.release('v3');
      await shop.deployed();
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/checkout:3, which runs, is not proven yet/),
  },
  {
    name: 'rehearse-only-one-revision',
    shows: 'there is no last known good besides what runs: the rehearsal says that there is no way back',
    target: TARGET,
    async play(stage) {
      await openShop(stage, { tags: REHEARSE });
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/no way back/),
  },
  {
    name: 'rehearse-frozen',
    shows: 'a person froze the target: a rehearsal is no reason to move it',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage, { tags: REHEARSE });
      await freeze(stage);
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/ada froze it \(the sale runs until Monday\)/),
  },
  {
    name: 'rehearse-irreversible',
    shows: 'the revision that runs has a barrier: no rehearsal goes back from it, and none asks',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: REHEARSE });
      shop.release('v2', {}, { tags: { 'lastgood:irreversible': 'schema 42' } });
      await shop.deployed();
      await stage.minutes(9);
      await ended(stage, startBack(stage, TARGET));
    },
    ends: refused(/checkout:2 is tagged as not reversible/),
  },
  {
    name: 'rehearse-during-rollback',
    shows: 'a rollback of the target is under way: the rehearsal ends, and the rollback does not hear it',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage, { tags: REHEARSE });
      shop.release('v3', { errorRate: 0.4 });
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await ended(stage, startBack(stage, TARGET));
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], executions: 2 },
  },
];
