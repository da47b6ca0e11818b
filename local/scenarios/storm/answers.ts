import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Scenario } from '../scenario.ts';
import { ADA, installSlack } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';
import {
  allBack,
  ANSWERED,
  asShown,
  differs,
  endAs,
  ends,
  noOwnQuestion,
  oneMessage,
  redReads,
  TENDED,
  tended,
  threadsOf,
  untilAnswered,
  untilAsked,
  untilButton,
  wereIn,
} from './seen.ts';
import { openStreet, serviceAt, services, type StreetOptions } from './street.ts';

const APPROVE = { lastgood: 'approve' };

/** What a person may answer, and what happens without an answer. */
export const answers: readonly Scenario[] = [
  {
    name: 'storm-own-proof',
    shows:
      'a person lets those go back that would have acted alone: the others stay, and each says who decided',
    target: serviceAt(4),
    parameters: { StormTargets: '2' },
    async play(stage) {
      await press(stage, { services: 6, tags: { 4: APPROVE, 6: APPROVE } }, 'Those with own proof: 2');
    },
    follows: 'last',
    ends: {
      outcome: 'skipped',
      because: /<@|slack:U0ADA decided not to go back/,
      served: false,
      writes: Array<string>(4).fill('UpdateService'),
      executions: 6,
      also: (stage) =>
        differs('ends', ends(stage), {
          ...endAs('RolledBack', ...services(1, 3), serviceAt(5)),
          ...endAs('Skipped', serviceAt(4), serviceAt(6)),
        }) ??
        differs('asked about', wereIn(stage, 'Approve'), services(3, 6)) ??
        noOwnQuestion(stage) ??
        oneMessage(stage, ': those with their own proof (2).', '4 rolled back · 2 skipped') ??
        differs('tended', tended(stage), [TENDED, ANSWERED]),
    },
  },
  {
    name: 'storm-none',
    shows: 'a person says none: those that wait stay as they are, and the first, which never waited, go back',
    target: serviceAt(4),
    parameters: { StormTargets: '2' },
    async play(stage) {
      await press(stage, { services: 4 }, 'None');
    },
    follows: 'last',
    ends: {
      outcome: 'skipped',
      because: /slack:U0ADA decided not to go back/,
      served: false,
      writes: ['UpdateService', 'UpdateService'],
      executions: 4,
      also: (stage) =>
        differs('ends', ends(stage), {
          ...endAs('RolledBack', ...services(1, 2)),
          ...endAs('Skipped', ...services(3, 4)),
        }) ?? oneMessage(stage, `<@${ADA}> answered at`, ': none (2).', '2 rolled back · 2 skipped'),
    },
  },
  {
    name: 'storm-unanswered',
    shows: 'no answer comes: each countdown ends, nothing is done, and the summary says so',
    target: serviceAt(4),
    parameters: { StormTargets: '2' },
    async play(stage) {
      installSlack(stage);
      await hurtAll(stage, { services: 4 });
      await untilAsked(stage, 2);
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      outcome: 'skipped',
      because: /No answer came/,
      served: false,
      writes: ['UpdateService', 'UpdateService'],
      executions: 4,
      also: (stage) =>
        differs('ends', ends(stage), {
          ...endAs('RolledBack', ...services(1, 2)),
          ...endAs('Skipped', ...services(3, 4)),
        }) ??
        oneMessage(
          stage,
          ':warning: A storm has ended',
          '2 questions were not answered in time, so Lastgood did nothing there.',
          '2 rolled back · 2 skipped',
        ) ??
        differs('tended', tended(stage), [TENDED]),
    },
  },
  {
    name: 'storm-answer-not-sent',
    shows:
      'Step Functions starts nothing for four minutes after the press: the answer is kept, and a look at the storm sends it',
    target: serviceAt(4),
    parameters: { StormTargets: '2' },
    async play(stage) {
      const { disturb } = stage.runtime.wire;
      const error = new AwsError('ThrottlingException', 'Rate exceeded');
      const people = installSlack(stage);
      await hurtAll(stage, { services: 4 });
      await untilButton(stage, 'Roll back all 2');
      disturb.fail({ service: 'states', operation: 'StartExecution', error }, Infinity);
      await people.press(ADA, 'Roll back all 2', asShown(stage));
      await stage.minutes(4);
      if (wereIn(stage, 'Revert').length !== 2) throw new Error('the answer was sent');
      disturb.heal('states', 'StartExecution');
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      ...allBack(4),
      also: (stage) =>
        differs('ends', ends(stage), endAs('RolledBack', ...services(1, 4))) ??
        oneMessage(stage, `<@${ADA}> answered at`, ': all (2).', '4 rolled back') ??
        differs('tended', tended(stage), [TENDED, ANSWERED]),
    },
  },
  {
    name: 'storm-off',
    shows:
      'the parameter is off: all go back without a question, and still share one reading and one summary',
    target: serviceAt(8),
    parameters: { StormTargets: 'off' },
    async play(stage) {
      installSlack(stage);
      await hurtAll(stage, { services: 8 });
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      ...allBack(8),
      also: (stage) =>
        differs('ends', ends(stage), endAs('RolledBack', ...services(1, 8))) ??
        differs('asked about', wereIn(stage, 'Approve'), []) ??
        threadsOf(stage, ...services(1, 5)) ??
        oneMessage(stage, ':white_check_mark: A storm has ended: 8 targets alarm', '8 rolled back') ??
        differs('tended', tended(stage), [TENDED]) ??
        differs('readings of the red alarms', redReads(stage), 5 + 1),
    },
  },
];

/** Lets the shared image hurt all services. */
async function hurtAll(stage: Stage, options: StreetOptions): Promise<void> {
  const street = await openStreet(stage, options);
  await street.release(...Array.from({ length: options.services }, (_, index) => index + 1));
  street.hurt();
}

/** Lets Ada press a button of the storm, once it asks about all but the first two services. */
async function press(stage: Stage, options: StreetOptions, label: string): Promise<void> {
  const people = installSlack(stage);
  await hurtAll(stage, options);
  await untilAsked(stage, options.services - 2);
  await untilButton(stage, label);
  await people.press(ADA, label, asShown(stage));
  await untilAnswered(stage);
  await stage.aftermath();
}
