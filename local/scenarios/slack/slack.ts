import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import {
  ADA,
  askForPlan,
  asks,
  BEN,
  EVE,
  installSlack,
  lacks,
  said,
  saysChanges,
  untilAsked,
  whispered,
} from './oncall.ts';

const FAULTY = { errorRate: 0.4 };
const APPROVE = { lastgood: 'approve', 'lastgood:countdown': '10' };

/** Stories in which people take part through Slack. */
export const slackScenarios: readonly Scenario[] = [
  {
    name: 'slack-thread',
    shows: 'a rollback that nobody asked for is told in one thread: reasons, progress in place, outcome',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => {
        const roots = stage.slack.channel.posted.filter(({ thread }) => thread === undefined);
        if (roots.length !== 1) return `there are ${roots.length} threads, not 1`;
        return lacks(said(stage), 'Rolled back', 'going back, way 1', 'proven after', '*Next*');
      },
    },
  },
  {
    name: 'slack-asked-for',
    shows: 'a person asks for a plan, confirms it, and the rollback goes its way',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.02 });
      await shop.deployed();
      await askForPlan(stage, people, ADA, 'because <!channel> it *hurts*');
      await people.press(ADA, 'Roll back', stage.slack.channel.whispers);
      await stage.until('the rollback runs', () => said(stage).includes('Rolling back'), 10);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
      also: (stage) =>
        said(stage).includes('<!channel>')
          ? 'the words of a person call the whole channel'
          : lacks(said(stage), '&lt;!channel&gt;', 'Rolled back'),
    },
  },
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
        lacks(said(stage), `<@${BEN}> approved it`) ?? saysChanges(stage, 'Rollback Approval Requested'),
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
      also: (stage) => lacks(said(stage), `<@${ADA}> decided not to go back`),
    },
  },
  {
    name: 'slack-not-allowed',
    shows: 'somebody whom no rule names presses Approve and asks for a plan: both are refused',
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
      because: /Nobody answered/,
      executions: 1,
      also: (stage) => lacks(whispered(stage, EVE), 'You may not touch', 'Nothing is known yet'),
    },
  },
  {
    name: 'slack-two-people',
    shows: 'lastgood:approvals=2: who asked cannot approve their own request, a second person can',
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
          whispered(stage, ADA),
          `*What speaks against it*\n• <@${ADA}> asked for it, and somebody else must agree (lastgood:approvals=2).\n`,
          'needs two people',
        ) ?? lacks(said(stage), `<@${BEN}> approved it`),
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
      also: (stage) => {
        const asked = stage.runtime.bus.published.filter(
          ({ event }) => event['detail-type'] === 'Rollback Approval Requested',
        );
        return asked.length === 2
          ? (lacks(said(stage), 'The plan has changed since this was asked') ??
              lacks(whispered(stage, BEN), 'Approved. The plan is made once more'))
          : `it was asked ${asked.length} times, not twice`;
      },
    },
  },
  {
    name: 'slack-outage',
    shows:
      'Slack is away during the whole rollback: nothing about it changes, an alarm says so, the thread comes later',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      stage.slack.server.trouble = 'away';
      shop.release('v2', FAULTY);
      await stage.aftermath();
      if (said(stage) !== '') throw new Error('Slack was away and shows something');
      if (stage.world.cloudwatch.alarmState('lastgood-prod-notify-slack') !== 'ALARM')
        throw new Error('nobody is alarmed of a silent Slack');
      stage.slack.server.trouble = null;
      await stage.minutes(11);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => lacks(said(stage), 'Rolled back', 'proven after'),
    },
  },
  {
    name: 'slack-words',
    shows: 'list, status, freeze and near misses: every command is answered, and nothing is changed',
    target: TARGET,
    async play(stage) {
      await openShop(stage);
      const people = installSlack(stage);
      for (const words of [
        '',
        'status',
        'ecs:prod/chekout',
        'stauts',
        `freeze ${TARGET} sale`,
        `unfreeze ${TARGET}`,
      ]) {
        await people.type(ADA, words);
        await stage.minutes(1);
      }
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) =>
        lacks(
          whispered(stage, ADA),
          'last known good `checkout:1`',
          'Nothing is being rolled back.',
          `/rollback ${TARGET}`,
          '/rollback status',
          'is frozen',
          'is not frozen any more',
        ),
    },
  },
];
