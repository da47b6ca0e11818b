import { ASKING } from '../requests.ts';
import { isAt } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { ended, FAULTY, GOOD, openFlags, TARGET } from './flags.ts';

const FIX = { ...GOOD, limit: '12' };

/** Lastgood does not undo what a person or a pipeline deployed after a bad configuration. */
export const appconfigPeople: readonly Scenario[] = [
  {
    name: 'appconfig-put-back-by-hand',
    shows: 'a person reverts the bad configuration before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      await stage.minutes(3);
      const number = flags.release(FAULTY);
      await stage.minutes(2);
      flags.takeBack(number);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [] },
      because: /flags:1 is back already: it replaced flags:2/,
      also: (stage) => ended(stage, '2 REVERTED', '1 COMPLETE'),
    },
  },
  {
    name: 'appconfig-deployed-back-by-hand',
    shows: 'a person deploys the old version again before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      await stage.minutes(3);
      flags.release(FAULTY);
      await stage.minutes(2);
      flags.deploy('1');
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [] },
      because: /flags:1 is back already: it replaced flags:2/,
      also: (stage) => ended(stage, '1 COMPLETE', '2 COMPLETE'),
    },
  },
  {
    name: 'appconfig-stopped-by-hand',
    shows: 'a person stops the deployment while it grows, before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      await stage.minutes(3);
      const number = flags.release(FAULTY, { minutes: 30, bake: 0 });
      await stage.minutes(2);
      flags.takeBack(number);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [] },
      because: /the deployment of flags:2 was stopped, and only flags:1 runs/,
      also: (stage) => ended(stage, '2 ROLLED_BACK', '1 COMPLETE'),
    },
  },
  {
    name: 'appconfig-fix-before-alarm',
    shows: 'the fix is deployed before the alarm turns: a person is asked at most, and the fix stays',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      await stage.minutes(3);
      flags.release(FAULTY);
      await stage.minutes(2);
      flags.release(FIX);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [], because: /No answer came/ },
      also: (stage) => ended(stage, '3 COMPLETE', '2 COMPLETE'),
    },
  },
  {
    name: 'appconfig-fix-while-asked',
    shows: 'the fix is deployed while a question waits: the plan is made anew, and the fix stays',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage, { tags: ASKING });
      flags.release(FAULTY);
      await stage.until('a person is asked', () => isAt(stage, 'Approve'));
      flags.release(FIX);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [], because: /No answer came/ },
      also: (stage) => ended(stage, '3 COMPLETE', '2 COMPLETE'),
    },
  },
  {
    name: 'appconfig-taken-back-before-the-write',
    shows: 'a person goes back to the version before, which is not proven, after the plan was made: it stays',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      await stage.minutes(3);
      const number = flags.release(FAULTY);
      await stage.until('the plan is made', () => isAt(stage, 'Verdict'));
      flags.takeBack(number);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: true, writes: [] },
      because: /deployment 3 was taken back after the plan was made: flags:2 runs/,
      also: (stage) => ended(stage, '3 REVERTED', '2 COMPLETE'),
    },
  },
  {
    name: 'appconfig-fix-at-the-last-moment',
    shows:
      "the fix is deployed between Lastgood's last read and its revert: AppConfig refuses to revert an older deployment, and the fix stays",
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release(FAULTY);
      stage.runtime.wire.disturb.precede('appconfig', 'StopDeployment', () => flags.release(FIX));
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: true, writes: [] },
      because: /a newer deployment took over: 3/,
      also: (stage) => ended(stage, '3 COMPLETE', '2 COMPLETE'),
    },
  },
  {
    name: 'appconfig-fix-before-the-lock',
    shows:
      "the fix is deployed between Lastgood's last read and its new deployment: the lock on the latest number keeps the fix",
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      await stage.minutes(3);
      flags.release(FAULTY);
      stage.runtime.wire.disturb.precede('appconfig', 'StartDeployment', () => flags.release(FIX));
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: true, writes: [] },
      because: /a newer deployment took over: 4/,
      also: (stage) => ended(stage, '4 COMPLETE', '3 COMPLETE'),
    },
  },
  {
    name: 'appconfig-overtaken',
    shows:
      'the pipeline deploys another version while clients poll: Lastgood yields, and a person is notified',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release(FAULTY);
      await stage.until('it was reverted', () => stage.journal.writes().includes('StopDeployment'));
      await stage.minutes(0.5);
      flags.release(FIX);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: true, writes: ['StopDeployment'] },
      because: /newer deployment took over/,
      also: (stage) => ended(stage, '3 COMPLETE', '2 REVERTED'),
    },
  },
];
