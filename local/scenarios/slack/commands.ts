import { wordsOf } from '../../slack/channel.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { openHealthyShop } from '../readiness/healthy-shop.ts';
import { checksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { ADA, askForPlan, EVE, installSlack, lacks, channelText, privateText } from './oncall.ts';

/** Scenarios in which people type commands. */
export const slackCommands: readonly Scenario[] = [
  {
    name: 'slack-asked-for',
    shows: 'a person asks for a plan, confirms it, and the rollback runs',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.02 });
      await shop.deployed();
      await askForPlan(stage, people, ADA, 'because <!channel> it *hurts*');
      await people.press(ADA, 'Roll back', stage.slack.channel.whispers);
      await stage.until('the rollback runs', () => channelText(stage).includes('Rolling back'), 10);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
      also: (stage) =>
        channelText(stage).includes('<!channel>')
          ? 'the words of a person call the whole channel'
          : lacks(channelText(stage), '&lt;!channel&gt;', 'Rolled back'),
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
          privateText(stage, ADA),
          'last known good `checkout:1`',
          'No rollback runs now.',
          `/rollback ${TARGET}`,
          '/rollback status',
          'is frozen',
          'is not frozen any more',
        ),
    },
  },
  {
    name: 'slack-readiness',
    shows:
      'a person asks whether a rollback would work, twice: each answer is a check of that moment, with its cures',
    target: TARGET,
    async play(stage) {
      const shop = await openHealthyShop(stage);
      const people = installSlack(stage);
      const asks = async (user: string, answers: number) => {
        await people.type(user, `readiness ${TARGET}`);
        await stage.until('the check is shown', () => stage.slack.channel.whispers.length >= answers, 5);
      };
      await asks(ADA, 1);
      stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases['v1'] });
      await asks(ADA, 2);
      await asks(EVE, 3);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => {
        const checks = checksIn(stage.runtime).filter(({ name }) => name.startsWith('asked-'));
        if (checks.length !== 2) return `${checks.length} checks were asked for`;
        const [first, second] = stage.slack.channel.whispers.map(({ blocks }) => wordsOf(blocks));
        return (
          lacks(first ?? '', /would work\b/, 'Score 100 of 100 (the first check)', 'Nothing was found.') ??
          lacks(
            second ?? '',
            /would not work\b/,
            '(worse than before)',
            /\*blocks\*: Task definition checkout:1, the way back now, is not ACTIVE.* Register checkout:1 again/,
          ) ??
          lacks(privateText(stage, EVE), 'You may not touch')
        );
      },
    },
  },
  {
    name: 'slack-frozen-twice',
    shows:
      'a person freezes a target twice, and each event comes twice: two messages, and then the end of the freeze',
    target: TARGET,
    async play(stage) {
      await openShop(stage);
      const people = installSlack(stage);
      stage.runtime.bus.duplicate(({ source }) => source === 'lastgood');
      for (const words of [`freeze ${TARGET} sale`, `freeze ${TARGET} audit`, `unfreeze ${TARGET}`]) {
        await people.type(ADA, words);
        await stage.minutes(1);
      }
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => {
        const wanted = ['sale', 'audit'].map(
          (why) => `<@${ADA}> froze \`${TARGET}\` until a person unfreezes it: ${why}`,
        );
        const end = `<@${ADA}> ended the freeze of \`${TARGET}\`.`;
        return channelText(stage) === [...wanted, end].join('\n')
          ? null
          : `Slack says:\n${channelText(stage)}`;
      },
    },
  },
];
