import type { DescribeAlarmsOutput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import type { Shared } from '../../slack/files.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { unlikeIts } from '@lastgood/embedded-aws/world/cloudwatch/widget/drawn.ts';
import { installSlack, lacks, channelText } from './oncall.ts';

const FAULTY = { errorRate: 0.4 };
const HALF_AN_HOUR_MS = 30 * 60_000;
const BARS = /[▁▂▃▄▅▆▇█]{3}/;

/** Scenarios about the alarm's graph in a rollback's thread. */
export const slackPictures: readonly Scenario[] = [
  {
    name: 'slack-picture',
    shows: "CloudWatch draws the alarm's graph, and the picture is in the thread",
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      const { files } = stage.slack.channel;
      files.onShare = (file) => {
        stage.journal.note(`slack:   ↳ (picture) ${notTheAlarms(stage, file) ?? file.title}`);
      };
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: ({ slack: { channel }, runtime, journal }) => {
        const [root] = channel.posted;
        const threads = channel.files.shared.map(({ thread }) => thread);
        if (threads.length !== 1 || threads[0] !== root?.ts)
          return `pictures are in [${threads.join(', ')}], not once in ${String(root?.ts)}`;
        const shown = journal.happenings().find(({ what }) => what.includes('(picture)'))?.what ?? '';
        if (!shown.endsWith('Alarm checkout-errors')) return shown;
        const read = runtime.wire.calls.filter(({ operation }) => operation === 'GetMetricData');
        return read.some(({ role }) => role.includes('notify-slack'))
          ? 'values were read, though there is a picture'
          : null;
      },
    },
  },
  {
    name: 'slack-plot',
    shows:
      'CloudWatch throttles graphs, because others in the account ask for too many: a plot of text replaces it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      const error = new AwsError('ThrottlingException', 'Rate exceeded');
      stage.runtime.wire.disturb.fail(
        { service: 'monitoring', operation: 'GetMetricWidgetImage', error },
        Infinity,
      );
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        lacks(channelText(stage), 'Alarm `checkout-errors`', 'threshold 5', BARS) ?? noPicture(stage),
    },
  },
  {
    name: 'slack-plot-late',
    shows:
      'the same while Slack accepts two messages a minute: the plot comes with the thread that was behind',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      stage.slack.server.limits.set('chat.postMessage', { burst: 1, perMinute: 2 });
      const error = new AwsError('ThrottlingException', 'Rate exceeded');
      stage.runtime.wire.disturb.fail(
        { service: 'monitoring', operation: 'GetMetricWidgetImage', error },
        Infinity,
      );
      shop.release('v2', FAULTY);
      await stage.aftermath();
      await stage.minutes(3);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => lacks(channelText(stage), BARS) ?? noPicture(stage) ?? readOnlyAtOnce(stage),
    },
  },
  {
    name: 'slack-no-files',
    shows: 'a workspace accepts no files: a plot of text replaces the picture, and the thread goes on',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      installSlack(stage);
      stage.slack.channel.files.areDisabled = true;
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => lacks(channelText(stage), BARS, 'proven after') ?? noPicture(stage),
    },
  },
];

/** Returns null if the function that posts what is behind read the values, or else that it did not. */
function readOnlyAtOnce({ runtime }: Stage): string | null {
  const read = runtime.wire.calls.filter(({ operation }) => operation === 'GetMetricData');
  return read.some(({ role }) => role.includes('post-slack')) ? null : 'the values were read at once';
}

function noPicture({ slack: { channel } }: Stage): string | null {
  return channel.files.shared.length === 0 ? null : 'there is a picture, too';
}

/** Returns null if a picture is a PNG of the alarm's own metric as it is now, or else the difference. */
function notTheAlarms(stage: Stage, { title, content }: Shared): string | null {
  const name = title.replace('Alarm ', '');
  const { MetricAlarms = [] } = stage.call<DescribeAlarmsOutput>('cloudwatch', 'DescribeAlarms', {
    AlarmNames: [name],
  });
  const [alarm] = MetricAlarms;
  if (alarm?.Metrics === undefined || alarm.Threshold === undefined) return `there is no alarm ${name}`;
  const to = stage.world.clock.now();
  const from = to - HALF_AN_HOUR_MS;
  const { MetricDataResults = [] } = stage.call<GetMetricDataOutput>('cloudwatch', 'GetMetricData', {
    MetricDataQueries: alarm.Metrics,
    StartTime: new Date(from),
    EndTime: new Date(to),
  });
  const { Timestamps = [], Values = [] } = MetricDataResults[0] ?? {};
  const points = Timestamps.map((at, index) => ({ at: at.getTime(), value: Values[index] ?? NaN }));
  const within = points.filter(({ at }) => at >= from);
  return unlikeIts(content, { from, to, points: within, threshold: alarm.Threshold });
}
