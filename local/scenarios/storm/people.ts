import type { Scenario } from '../scenario.ts';
import { ADA, BEN, EVE, installSlack, lacks, privateText } from '../slack/oncall.ts';
import {
  allBack,
  asShown,
  differs,
  endAs,
  ends,
  noOwnQuestion,
  oneMessage,
  untilAnswered,
  untilAsked,
  untilButton,
  updates,
  wereIn,
} from './seen.ts';
import { openStreet, serviceAt, services } from './street.ts';

/** Ada may touch two of the services, Ben all of them. */
const ACCESS = [
  { targets: services(3, 4), users: [ADA] },
  { targets: ['ecs:prod/*'], users: [BEN] },
];

/** Who may answer for which targets, and for which plan. */
export const people: readonly Scenario[] = [
  {
    name: 'storm-two-people',
    shows:
      'a person may touch two of four targets, and one of them needs two people: the rest is left out, said and asked again',
    target: serviceAt(4),
    parameters: { StormTargets: '2' },
    async play(stage) {
      const street = await openStreet(stage, { services: 6, tags: { 4: { 'lastgood:approvals': '2' } } });
      const oncall = stage.slack.install(stage.runtime, ACCESS);
      await street.release(1, 2, 3, 4, 5, 6);
      street.hurt();
      await untilAsked(stage, 4);
      await untilButton(stage, 'Roll back all 4');
      await oncall.press(EVE, 'None', asShown(stage));
      await stage.minutes(1);
      await oncall.press(ADA, 'Roll back all 4', asShown(stage));
      for (const again of [ADA, BEN]) {
        await untilAnswered(stage);
        await untilAsked(stage, 3);
        await untilButton(stage, 'Roll back all 3');
        await oncall.press(again, 'Roll back all 3', asShown(stage));
      }
      await untilAnswered(stage);
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      ...allBack(6),
      also: (stage) => {
        const given = updates(stage).flatMap(({ answer }) => answer ?? []);
        const lists = [...new Set(given.map(({ list }) => list))];
        const reached = lists.map((list) => given.findLast((one) => one.list === list));
        return (
          differs('ends', ends(stage), endAs('RolledBack', ...services(1, 6))) ??
          differs('asked about', wereIn(stage, 'Approve'), services(3, 6)) ??
          noOwnQuestion(stage) ??
          differs(
            'answers',
            reached.map((one) => [one?.by, one?.targets, one?.leftOut.forbidden, one?.leftOut.twoPeople]),
            [
              [`slack:${ADA}`, 1, 2, 1],
              [`slack:${ADA}`, 0, 2, 1],
              [`slack:${BEN}`, 3, 0, 0],
            ],
          ) ??
          lacks(privateText(stage, EVE), 'You may touch none of these targets.') ??
          oneMessage(stage, `<@${BEN}> answered at`, ': all (3).', '6 rolled back')
        );
      },
    },
  },
  {
    name: 'storm-plan-changed',
    shows:
      'a release comes to one target between the question and the answer: the answer does not reach it, and it is asked about anew',
    target: serviceAt(5),
    parameters: { StormTargets: '2' },
    async play(stage) {
      const street = await openStreet(stage, { services: 5 });
      const oncall = installSlack(stage);
      await street.release(1, 2, 3, 4, 5);
      street.hurt();
      await untilAsked(stage, 3);
      await untilButton(stage, 'Roll back all 3');
      street.releaseTo(5, 'v3', 0.6);
      await oncall.press(ADA, 'Roll back all 3', asShown(stage));
      await untilAnswered(stage);
      await untilAsked(stage, 1);
      const early = wereIn(stage, 'Revert');
      if (early.includes(serviceAt(5))) throw new Error('the answer to the old plan reached the new one');
      await untilButton(stage, 'Roll back all 1');
      await oncall.press(ADA, 'Roll back all 1', asShown(stage));
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      ...allBack(5),
      also: (stage) =>
        differs('ends', ends(stage), endAs('RolledBack', ...services(1, 5))) ??
        differs('asked about', wereIn(stage, 'Approve'), [...services(3, 5), serviceAt(5)]) ??
        noOwnQuestion(stage) ??
        oneMessage(stage, ': all (1).', '5 rolled back'),
    },
  },
];
