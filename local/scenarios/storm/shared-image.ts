import { openApi, TARGET as CANARY } from '../lambda/api.ts';
import type { Scenario } from '../scenario.ts';
import { ADA, installSlack, lacks, privateText } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';
import {
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
  updates,
  wereIn,
} from './seen.ts';
import { openStreet, serviceAt, services } from './street.ts';

const FIRST_QUESTION =
  '6 targets alarm since 02:27 UTC; 6 had a deployment within the hour, 6 of them the same image shop:v2.';
const END =
  '*:warning: A storm has ended: 8 targets alarm since 02:27 UTC; 8 had a deployment within the hour, 7 of them the same image shop:v2.*';

/** A shared image hurts many services, and a canary of something else hurts beside them. */
export const sharedImage: readonly Scenario[] = [
  {
    name: 'storm-shared-image',
    shows:
      'one image hurts six services: two go on, one question asks for four, and its answer reaches those alone; a canary needs no question',
    target: serviceAt(1),
    parameters: { StormTargets: '2' },
    async play(stage) {
      const street = await openStreet(stage, { services: 7 });
      const api = await openApi(stage);
      const people = installSlack(stage);
      await street.release(1, 2, 3, 4, 5, 6);
      street.hurt();
      await stage.minutes(1);
      api.canary(0.2, { errorRate: 0.6 });
      await untilAsked(stage, 4);
      await untilButton(stage, 'Roll back all 4');
      const message = asShown(stage);
      await people.press(ADA, 'Roll back all 4', message);
      await untilAnswered(stage);
      // The message of a person whose Slack has not changed it yet.
      await people.press(ADA, 'None', message);
      await street.release(7);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: false,
      writes: ['UpdateService', 'UpdateService', ...Array<string>(4).fill('UpdateService'), 'UpdateAlias'],
      executions: 8,
      also: (stage) =>
        differs('ends', ends(stage), {
          ...endAs('RolledBack', ...services(1, 6), CANARY),
          ...endAs('Skipped', serviceAt(7)),
        }) ??
        differs('asked about', wereIn(stage, 'Approve'), services(3, 7)) ??
        differs('the question', updates(stage)[0]?.says, FIRST_QUESTION) ??
        noOwnQuestion(stage) ??
        threadsOf(stage, ...services(1, 2)) ??
        oneMessage(stage, END, `<@${ADA}> answered at`, ': all (4).', '7 rolled back · 1 skipped') ??
        lacks(
          privateText(stage, ADA),
          'Taken: all that are listed go back',
          `<@${ADA}> answered this before: all.`,
        ) ??
        differs('tended', tended(stage), [TENDED, ANSWERED]) ??
        sharedReads(stage),
    },
  },
];

/** Each of the first reads the red alarms. The six members share two readings, because the last one comes later. */
function sharedReads(stage: Stage): string | null {
  const reads = redReads(stage);
  return reads <= 2 + 3 ? null : `the red alarms were read ${reads} times`;
}
