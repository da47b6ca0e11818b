import { setTimeout } from 'node:timers/promises';
import { OPERATOR } from '@lastgood/embedded-aws/wire/callers.ts';
import { FINE, FORBIDDEN, type Status } from '../../../scripts/command-line/status.ts';
import { lastgood, type Answered } from '../command.ts';
import { publishedEvents } from '../events/published.ts';
import { eventOf, putAsPipeline } from '../events/speak.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import {
  allBack,
  ANSWERED,
  differs,
  endAs,
  ends,
  TENDED,
  tended,
  untilAnswered,
  untilAsked,
  updates,
  wereIn,
} from './seen.ts';
import { openStreet, serviceAt, services } from './street.ts';

const NO_LIST = '0'.repeat(64);

/** Answers from outside Slack. Slack is not set up here. */
export const tools: readonly Scenario[] = [
  {
    name: 'storm-answered-on-bus',
    shows:
      'another tool answers on the bus: its list goes back, the same answer again changes nothing, and an unknown or older list is rejected',
    target: serviceAt(5),
    parameters: { StormTargets: '2' },
    async play(stage) {
      const street = await openStreet(stage, { services: 5 });
      await street.release(1, 2, 3, 4);
      street.hurt();
      const { storm, list: older = '' } = await untilAsked(stage, 2);
      await answer(stage, { storm, list: NO_LIST, choice: 'all' });
      await answer(stage, { storm, list: older, choise: 'all' });
      await street.release(5);
      const { list = '' } = await untilAsked(stage, 3);
      await answer(stage, { storm, list, choice: 'all' });
      await untilAnswered(stage);
      await answer(stage, { storm, list, choice: 'all' });
      await answer(stage, { storm, list, choice: 'none' });
      await answer(stage, { storm, list: older, choice: 'none' });
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      ...allBack(5),
      also: (stage) =>
        differs('ends', ends(stage), endAs('RolledBack', ...services(1, 5))) ??
        differs('asked about', wereIn(stage, 'Approve'), services(3, 5)) ??
        differs('rejected', rejections(stage), [
          ['detail.list', 'is no list of this storm'],
          ['detail.choice', 'must be one of all, own, none'],
          ['detail.list', 'was answered before'],
          ['detail.list', 'was answered before'],
        ]) ??
        differs('tended', tended(stage), [TENDED, ANSWERED]) ??
        differs('answer', updates(stage).at(-1)?.answer?.by, 'shop.oncall'),
    },
  },
  {
    name: 'storm-answered-by-command',
    shows:
      'lastgood storm lists the storm, shows its question and answers it; a second answer comes too late',
    target: serviceAt(4),
    parameters: { StormTargets: '2' },
    async play(stage) {
      const street = await openStreet(stage, { services: 4 });
      await street.release(1, 2, 3, 4);
      street.hurt();
      const { storm } = await untilAsked(stage, 2);
      const all = await lastgood(stage, ['storm']);
      says(all, 0, new RegExp(`^${storm} +2026-11-22 02:15 +asking +4 +2 +2$`, 'm'));
      says(
        await lastgood(stage, ['storm', storm]),
        FINE,
        /^2 wait for an answer, 2 of them with their own proof/m,
      );
      says(
        await answerByCommand(stage, storm, '--all'),
        FINE,
        /^answered "all"\. Lastgood plans each target once more/m,
      );
      await untilAnswered(stage);
      says(
        await lastgood(stage, ['storm', storm, '--none', '--yes']),
        FORBIDDEN,
        /nothing waits for an answer/,
      );
      await stage.aftermath();
      says(await lastgood(stage, ['storm', storm]), FINE, /0 go back, 4 are rolled back/);
      says(await lastgood(stage, ['storm']), FINE, /^There is no storm\.$/m);
    },
    follows: 'last',
    ends: {
      ...allBack(4),
      also: (stage) =>
        differs('ends', ends(stage), endAs('RolledBack', ...services(1, 4))) ??
        differs('tended', tended(stage), [TENDED, ANSWERED]),
    },
  },
];

/** Answers as a tool of the same account does, and lets the answer arrive. */
async function answer(stage: Stage, detail: object): Promise<void> {
  await putAsPipeline(stage, [eventOf('shop.oncall', 'Rollback Storm Answered', detail)]);
  await stage.minutes(0.2);
}

/** Returns the field of each rejection, and how its problem begins. */
function rejections(stage: Stage): readonly (readonly [unknown, string])[] {
  return publishedEvents(stage).flatMap(({ type, detail }) =>
    type === 'Rollback Rejected'
      ? [[detail['field'], String(detail['problem']).replace(/:.*/, '')] as const]
      : [],
  );
}

/** Expects the command's status and output. */
function says({ status, out, problem }: Answered, wanted: Status, words: RegExp): void {
  if (status !== wanted || !words.test(out + problem))
    throw new Error(`lastgood storm ended with ${status}, and says:\n${out}${problem}`);
}

/** Runs the command, which waits until its answer is recorded. Time passes once the answer is on the bus. */
export async function answerByCommand(stage: Stage, storm: string, choice: string): Promise<Answered> {
  const command = lastgood(stage, ['storm', storm, choice, '--yes']);
  const over = new AbortController();
  void command.finally(() => over.abort());
  const isSent = () =>
    stage.runtime.wire.calls.some(({ role, operation }) => role === OPERATOR && operation === 'PutEvents');
  while (!over.signal.aborted && !isSent()) await setTimeout(20);
  await stage.minutes(0.2);
  return command;
}
