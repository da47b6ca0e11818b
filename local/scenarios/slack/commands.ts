import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import { ADA, askForPlan, installSlack, lacks, channelText, privateText } from './oncall.ts';

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
        const wanted = ['sale', 'audit'].map((why) => `<@${ADA}> froze \`${TARGET}\`: ${why}`);
        const end = `<@${ADA}> ended the freeze of \`${TARGET}\`.`;
        return channelText(stage) === [...wanted, end].join('\n')
          ? null
          : `Slack says:\n${channelText(stage)}`;
      },
    },
  },
];
