import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricWidgetImageCommand,
  type CloudWatchClient,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { logger } from '../../src/lambda/logger.ts';
import { after } from '../../src/rollback/time.ts';
import { plot } from '../../src/slack/messages/plot.ts';
import { SlackRefusal, type Place, type Slack } from '../../src/slack/web-api.ts';
import { isWatched, queriesOf } from '../../src/aws/alarm-queries.ts';
import { widgetOf } from './widget.ts';

/**
 * Posts a graph of an alarm's metric to the thread. Leaves it out if CloudWatch fails, because a graph is optional.
 * Throws Throttled or Unavailable if Slack does.
 */
export type Graph = (root: Place, alarm: string) => Promise<void>;

const WINDOW = { relative: '-PT30M', seconds: 30 * 60 };

type Client = Pick<CloudWatchClient, 'send'>;

/** Posts CloudWatch's picture. Posts a plot in text if CloudWatch draws none, or Slack accepts none. */
export function createGraph(client: Client, slack: Slack, now: () => string): Graph {
  return async (root, name) => {
    const alarm = await ifAny('alarm', find(client, name));
    if (alarm === null) return;
    const png = await ifAny('picture', draw(client, alarm));
    if (png !== null && (await upload(slack, root, name, png))) return;
    const measured = await ifAny('values', measure(client, alarm, now()));
    if (measured !== null) await slack.post(root.channel, plot(name, measured), root.ts);
  };
}

async function ifAny<T>(what: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    logger.warn(`CloudWatch returned no ${what}`, error as Error);
    return null;
  }
}

/** Returns the metric alarm of this name. Returns null for a composite alarm too, which has no metric of its own. */
async function find(client: Client, name: string): Promise<MetricAlarm | null> {
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms[0] ?? null;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricWidgetImage.html */
async function draw(client: Client, alarm: MetricAlarm): Promise<Uint8Array | null> {
  const widget = widgetOf(alarm, WINDOW.relative);
  if (widget === null) return null;
  const { MetricWidgetImage } = await client.send(
    new GetMetricWidgetImageCommand({ MetricWidget: JSON.stringify(widget) }),
  );
  return MetricWidgetImage ?? null;
}

/** Returns false if Slack refuses files: a scope is missing, or the workspace accepts none. */
async function upload(slack: Slack, root: Place, name: string, png: Uint8Array): Promise<boolean> {
  try {
    await slack.picture(root.channel, root.ts, `Alarm ${name}`, png);
    return true;
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    logger.warn('Slack refused the picture', error);
    return false;
  }
}

/** Returns the values of the last half hour that the alarm compares with its threshold, oldest first. */
async function measure(client: Client, alarm: MetricAlarm, now: string) {
  const queries = queriesOf(alarm).filter(({ Id }) => Id !== alarm.ThresholdMetricId);
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      MetricDataQueries: [...queries],
      StartTime: new Date(after(now, -WINDOW.seconds)),
      EndTime: new Date(now),
      ScanBy: 'TimestampAscending',
    }),
  );
  const watched = queries.find((query) => isWatched(alarm, query))?.Id;
  const values = MetricDataResults.find(({ Id }) => Id === watched)?.Values ?? [];
  return { values, threshold: alarm.Threshold };
}
