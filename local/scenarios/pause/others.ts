import { allBack, differs, endAs, ends, untilAnswered, untilAsked, updates } from '../storm/seen.ts';
import { answerByCommand } from '../storm/tools.ts';
import { openStreet, serviceAt, services } from '../storm/street.ts';
import { TARGET } from '../ecs/target.ts';
import { release, statusOf } from '../lookout/gate.ts';
import type { Scenario } from '../scenario.ts';
import { pause, published, resume, staysFor, untilApprove, untilHeld } from './pausing.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import { openShop } from '../ecs/shop.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Stage } from '../stage.ts';

const SILENCE_GOES = { lastgood: 'approve', 'lastgood:silence': 'go', 'lastgood:countdown': '3' };

/** A pause during a storm, at the gate of a lookout, and over a question whose silence means go. */
export const pausedOthers: readonly Scenario[] = [
  {
    name: 'pause-storm',
    shows:
      'a storm is asked about and answered while Lastgood is paused: all wait, and go back when it is resumed',
    target: serviceAt(4),
    parameters: { StormTargets: '2' },
    async play(stage) {
      const street = await openStreet(stage, { services: 4 });
      pause(stage);
      await street.release(1, 2, 3, 4);
      street.hurt();
      const { storm } = await untilAsked(stage, 2);
      await answerByCommand(stage, storm, '--all');
      await untilAnswered(stage);
      await untilHeld(stage, 4);
      await staysFor(stage, 10);
      resume(stage);
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      ...allBack(4),
      also: (stage) =>
        differs('ends', ends(stage), endAs('RolledBack', ...services(1, 4))) ??
        (updates(stage).some(({ paused }) => paused?.startsWith('Lastgood is paused') === true)
          ? null
          : 'the question of the storm does not say that Lastgood is paused'),
    },
  },
  {
    name: 'pause-gate',
    shows: 'a good release waits at its pause while Lastgood is paused: it passes after Lastgood is resumed',
    target: TARGET,
    async play(stage) {
      pause(stage);
      await release(stage, {});
      await staysFor(stage, 15);
      resume(stage);
      await stage.until('the release is deployed', () => statusOf(stage) === 'SUCCESSFUL', 30);
    },
    ends: { outcome: 'none', served: true, writes: ['ContinueServiceDeployment'], executions: 0 },
  },
  {
    name: 'pause-over-countdown',
    shows:
      'silence lets a rollback go while Lastgood is paused: after the pause it is asked about again, and silence does not answer twice',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: SILENCE_GOES });
      shop.release('v2', { errorRate: 0.4 });
      await untilApprove(stage);
      pause(stage);
      await untilHeld(stage);
      await staysFor(stage, 5);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /^No answer came in time, and silence means stay\./,
      also: (stage) => published(stage, 'Rollback Approval Requested', 2) ?? saysWhy(stage),
    },
  },
];

/** Returns null if the last question says why a person must answer it. */
function saysWhy({ runtime }: Stage): string | null {
  const { verdict } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const reasons = verdict?.reasons.join(' ') ?? '';
  return reasons.includes('Silence let it go before Lastgood was paused')
    ? null
    : `the question says ${reasons}`;
}
