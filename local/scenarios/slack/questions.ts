import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import {
  ADA,
  askForPlan,
  asks,
  BEN,
  EVE,
  installSlack,
  lacks,
  channelText,
  saysChanges,
  untilAsked,
  privateText,
} from './oncall.ts';

const FAULTY = { errorRate: 0.4 };
const APPROVE = { lastgood: 'approve', 'lastgood:countdown': '10' };

/** Returns null if two questions are on the bus, or else how many there are. */
function askedTwice(stage: Stage): string | null {
  const { length } = stage.runtime.bus.published.filter(
    ({ event }) => event['detail-type'] === 'Rollback Approval Requested',
  );
  return length === 2 ? null : `it was asked ${length} times, not twice`;
}

/** Scenarios in which people answer questions. */
export const slackQuestions: readonly Scenario[] = [
  {
    name: 'slack-approved',
    shows: 'the tag asks for a person: one of the user group approves exactly this plan',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: APPROVE });
      const people = installSlack(stage);
      shop.release('v2', FAULTY);
      await untilAsked(stage);
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        lacks(channelText(stage), `<@${BEN}> approved it`) ??
        saysChanges(stage, 'Rollback Approval Requested'),
    },
  },
  {
    name: 'slack-denied',
    shows: 'a person looks at the question and says no: nothing is changed',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: APPROVE });
      const people = installSlack(stage);
      shop.release('v2', FAULTY);
      await untilAsked(stage);
      await people.press(ADA, 'Deny', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /decided not to go back/,
      also: (stage) => lacks(channelText(stage), `<@${ADA}> decided not to go back`),
    },
  },
  {
    name: 'slack-confirmed',
    shows: 'the tag asks for a person: one who confirms the plan that was shown is not asked again',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: APPROVE });
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.02 });
      await shop.deployed();
      await askForPlan(stage, people, BEN);
      await people.press(BEN, 'Roll back', stage.slack.channel.whispers);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
      also: (stage) =>
        lacks(privateText(stage, BEN), 'is tagged lastgood=approve, so a person decides') ??
        (asks(stage, 'checkout:2') ? 'it was asked again' : null),
    },
  },
  {
    name: 'slack-frozen-while-asked',
    shows:
      'a target is frozen while its question waits: an approval that did not see the freeze is asked again',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: APPROVE });
      const people = installSlack(stage);
      shop.release('v2', FAULTY);
      await untilAsked(stage);
      await people.type(ADA, `freeze ${TARGET} because the database moves`);
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.until('it is asked again', () => asks(stage, 'the database moves'), 5);
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        askedTwice(stage) ?? lacks(channelText(stage), /froze `?ecs:prod\/checkout`?.*the database moves/),
    },
  },
  {
    name: 'slack-not-allowed',
    shows: 'a person whom no rule names presses Approve and asks for a plan: both are refused',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { ...APPROVE, 'lastgood:countdown': '5' } });
      const people = installSlack(stage);
      shop.release('v2', FAULTY);
      await untilAsked(stage);
      await people.press(EVE, 'Approve', stage.slack.channel.posted);
      await people.type(EVE, TARGET);
      await people.type(EVE, '');
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /No answer came/,
      executions: 1,
      also: (stage) => lacks(privateText(stage, EVE), 'You may not touch', 'Lastgood knows no target'),
    },
  },
  {
    name: 'slack-two-people',
    shows: 'lastgood:approvals=2: a person cannot approve their own request, a second person can',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:approvals': '2' } });
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.02 });
      await shop.deployed();
      await askForPlan(stage, people, ADA);
      await people.press(ADA, 'Roll back', stage.slack.channel.whispers);
      await untilAsked(stage);
      await people.press(ADA, 'Approve', stage.slack.channel.posted);
      await stage.minutes(1);
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        lacks(
          privateText(stage, ADA),
          `*Objections*\n• <@${ADA}> asked for it, and another person must agree (lastgood:approvals=2).\n`,
          'needs two people',
        ) ?? lacks(channelText(stage), `<@${BEN}> approved it`),
    },
  },
  {
    name: 'slack-plan-changed',
    shows:
      'another release comes while the question waits: the approval is void, and the new plan is asked about',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:approvals': '2' } });
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.02 });
      await shop.deployed();
      await askForPlan(stage, people, ADA);
      await people.press(ADA, 'Roll back', stage.slack.channel.whispers);
      await untilAsked(stage);
      shop.release('v3', { errorRate: 0.02 });
      await shop.deployed();
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.until('the new plan is asked about', () => asks(stage, 'checkout:3'), 5);
      await people.press(BEN, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        askedTwice(stage) ??
        lacks(channelText(stage), 'The plan has changed since this was asked') ??
        lacks(privateText(stage, BEN), 'Approved. Lastgood plans once more'),
    },
  },
];
