import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricWidgetImageCommand,
  type CloudWatchClient,
  type MetricAlarm,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { logger } from '../../src/lambda/logger.ts';
import { after } from '../../src/rollback/time.ts';
import { plot } from '../../src/slack/messages/plot.ts';
import type { Place, Slack } from '../../src/slack/web-api.ts';

/** Shows what an alarm's metric did, in the thread below a message. Never rejects: a graph is nice to have. */
export type Graph = (root: Place, alarm: string) => Promise<void>;

const WINDOW_SECONDS = 30 * 60;

/**
 * The picture that CloudWatch draws, or a plot of our own as text where it does not.
 * @param arnOf ARN of an alarm of this account and Region
 */
export function createGraph(
  client: Pick<CloudWatchClient, 'send'>,
  slack: Slack,
  arnOf: (alarm: string) => string,
  now: () => string,
): Graph {
  return async (root, alarm) => {
    try {
      const png = await draw(client, alarm, arnOf(alarm));
      if (png !== null) await slack.picture(root.channel, root.ts, `Alarm ${alarm}`, png);
      else await slack.post(root.channel, plot(alarm, await measure(client, alarm, now())), root.ts);
    } catch (error) {
      logger.warn('no graph', error as Error);
    }
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html */
async function draw(
  client: Pick<CloudWatchClient, 'send'>,
  title: string,
  alarmArn: string,
): Promise<Uint8Array | null> {
  const widget = { title, width: 900, height: 300, start: '-PT30M', annotations: { alarms: [alarmArn] } };
  try {
    const { MetricWidgetImage } = await client.send(
      new GetMetricWidgetImageCommand({ MetricWidget: JSON.stringify(widget) }),
    );
    return MetricWidgetImage ?? null;
  } catch (error) {
    logger.info('CloudWatch draws no picture', error as Error);
    return null;
  }
}

/** The alarm's values of the last half hour, oldest first, and its threshold. */
async function measure(client: Pick<CloudWatchClient, 'send'>, name: string, now: string) {
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  const [alarm] = MetricAlarms;
  if (alarm === undefined) return { values: [] };
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      MetricDataQueries: queriesOf(alarm),
      StartTime: new Date(after(now, -WINDOW_SECONDS)),
      EndTime: new Date(now),
      ScanBy: 'TimestampAscending',
    }),
  );
  return { values: MetricDataResults[0]?.Values ?? [], threshold: alarm.Threshold };
}

/** An alarm has either queries of its own, or one metric. */
function queriesOf({
  Metrics,
  Namespace,
  MetricName,
  Dimensions,
  Period,
  ...alarm
}: MetricAlarm): MetricDataQuery[] {
  if (Metrics !== undefined && Metrics.length > 0) return Metrics;
  const Metric = { Namespace, MetricName, Dimensions };
  return [
    {
      Id: 'alarm',
      MetricStat: { Metric, Period, Stat: alarm.ExtendedStatistic ?? alarm.Statistic },
      ReturnData: true,
    },
  ];
}
