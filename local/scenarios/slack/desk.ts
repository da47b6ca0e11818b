import type { CreateLaunchTemplateResult } from '@aws-sdk/client-ec2';
import { wordsOf } from '../../slack/channel.ts';
import type { People } from '../../slack/people.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { GOOD } from '../ecs/task-definitions.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ADA, EVE, installSlack, lacks, channelText, saysChanges, privateText } from './oncall.ts';

/** Slack's limit for an answer and for opening a form, in milliseconds. */
const SLACK_WAITS_MS = 3_000;
/** Idle minutes after which a function starts cold. */
const COLD_MINUTES = 11;
const FLEETS = 32;

/** Scenarios about what a person sees before a decision: the list, the form, and suggestions. */
export const slackDesk: readonly Scenario[] = [
  {
    name: 'slack-list',
    shows:
      'every tagged target is listed with its running revision, whether deployed before or never, page by page',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage, ['ecs:prod/*', 'asg:*']);
      shop.release('v2', { errorRate: 0.002 });
      await shop.deployed();
      openFleets(stage);
      await stage.minutes(1);
      await people.type(ADA, '');
      await answered(stage, 1);
      await people.press(ADA, 'More', stage.slack.channel.whispers);
      await answered(stage, 2);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => {
        const [first, second] = stage.slack.channel.whispers;
        if (second?.replaces !== true) return 'the second page does not take the place of the first';
        return (
          lacks(
            wordsOf(first?.blocks ?? []),
            `${FLEETS + 1} targets that you may roll back: 1 to 20`,
            '`asg:fleet-01` · runs `fleet:1` · nothing proven yet',
          ) ??
          lacks(
            wordsOf(second.blocks),
            ': 21 to 33',
            '`asg:fleet-32` · runs `fleet:1`',
            `\`${TARGET}\` · runs \`checkout:2\`, deployed`,
            'last known good `checkout:1`, proven',
          ) ??
          (privateText(stage, ADA).includes('asg:private') ? 'a group that is not tagged is listed' : null)
        );
      },
    },
  },
  {
    name: 'slack-form',
    shows:
      'a form with completion instead of typing: it opens in time from a cold start and leads to the same plan',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.02 });
      await shop.deployed();
      await people.type(ADA, '');
      await answered(stage, 1);
      await stage.minutes(COLD_MINUTES);
      await people.press(ADA, 'Choose…', stage.slack.channel.whispers);
      const [option] = await people.complete(ADA, 'Target', 'CHECK');
      if (option?.value !== TARGET) throw new Error(`Slack shows ${JSON.stringify(option)} to choose from`);
      await people.submit(ADA, { Target: option, Reason: 'it hurts' });
      await answered(stage, 2);
      await peekAsEve(stage, people);
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
        lacks(
          privateText(stage, ADA),
          'back from `checkout:2` to `checkout:1`?',
          /image of checkout: \S+checkout:v2 \(sha256:[0-9a-f]{12}\) → \S+checkout:v1 \(sha256:/,
        ) ??
        lacks(channelText(stage), 'it hurts') ??
        saysChanges(stage, 'Rollback Planned') ??
        tooLate(stage),
    },
  },
  {
    name: 'slack-near-miss',
    shows: 'a person misspells a target: one press on the suggestion shows its plan',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage);
      shop.release('v2', { errorRate: 0.002 });
      await shop.deployed();
      await people.type(ADA, 'ecs:prod/chekout because it hurts');
      await answered(stage, 1);
      await people.press(ADA, `/rollback ${TARGET} because it hurts`, stage.slack.channel.whispers);
      await answered(stage, 2);
      await people.press(ADA, 'Cancel', stage.slack.channel.whispers);
      await answered(stage, 3);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => lacks(privateText(stage, ADA), 'Did you mean', '[Choose…]', '*Changes*', 'Cancelled'),
    },
  },
];

/** Opens groups that were never refreshed, all tagged but one. */
function openFleets(stage: Stage): void {
  const LaunchTemplateData = {
    ImageId: stage.world.ec2.bake('fleet-1', GOOD),
    InstanceType: 'm7g.large' as const,
  };
  const { LaunchTemplate } = stage.call<CreateLaunchTemplateResult>('ec2', 'CreateLaunchTemplate', {
    LaunchTemplateName: 'fleet',
    LaunchTemplateData,
  });
  const create = (AutoScalingGroupName: string, Tags: readonly object[]) =>
    void stage.call('autoscaling', 'CreateAutoScalingGroup', {
      AutoScalingGroupName,
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: 0,
      VPCZoneIdentifier: 'subnet-0a1b2c3d',
      LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: '1' },
      Tags,
    });
  const tag = { Key: 'lastgood', Value: 'observe', PropagateAtLaunch: false };
  for (let number = 1; number <= FLEETS; number++) create(`fleet-${String(number).padStart(2, '0')}`, [tag]);
  create('private', []);
}

/** Waits until a person got this many private answers. */
function answered(stage: Stage, count: number): Promise<void> {
  return stage.until(`${count} answers are there`, () => stage.slack.channel.whispers.length >= count, 5);
}

/** Opens the form as Eve, who may touch nothing, and checks that it offers no target. */
async function peekAsEve(stage: Stage, people: People): Promise<void> {
  await people.press(EVE, 'Choose…', stage.slack.channel.whispers);
  const shown = await people.complete(EVE, 'Target', '');
  if (shown.length > 0) throw new Error(`Eve sees ${shown.map(({ value }) => value).join(', ')}`);
}

/** Returns the delay that Slack did not accept, cold starts included, or null. */
function tooLate({ slack, runtime }: Stage): string | null {
  const [form] = slack.channel.views.opened;
  if (form === undefined || form.afterMs > SLACK_WAITS_MS) return 'the form did not open in time';
  const waitedFor = runtime.invocations.filter(({ function: name }) => /-(on|suggest)-slack$/.test(name));
  if (!waitedFor.some(({ function: name, cold }) => cold && name.endsWith('-suggest-slack')))
    return 'nothing was suggested from a cold start';
  const slowest = Math.max(...waitedFor.map(({ durationMs }) => durationMs));
  return slowest > SLACK_WAITS_MS ? `Slack waited for ${slowest} ms` : null;
}
