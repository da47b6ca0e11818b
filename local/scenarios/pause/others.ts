import { allBack, differs, endAs, ends, untilAnswered, untilAsked, updates } from '../storm/seen.ts';
import { answerByCommand } from '../storm/tools.ts';
import { openStreet, serviceAt, services } from '../storm/street.ts';
import { TARGET } from '../ecs/target.ts';
import { release, statusOf } from '../lookout/gate.ts';
import type { Scenario } from '../scenario.ts';
import { pause, resume, staysFor, untilHeld } from './pausing.ts';

/** A pause during a storm, and at the gate of a lookout. */
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
];
