import type { GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import type {
  DescribeTargetGroupsOutput,
  DescribeTargetHealthOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsEvent } from '@lastgood/embedded-aws/world/aws.ts';
import type { Stage } from '../scenarios/stage.ts';
import { queriesOf, seriesOf } from './series.ts';

const LOOK_EVERY_MS = 5_000;
const MINUTE = 60_000;

/** Share of a minute's requests that are errors, in percent, above which the minute is bad. */
const BAD_PERCENT = 5;
/** The same for the seconds that 95 of 100 answers take. */
const SLOW_SECONDS = 1;

/** Watches a stage from now on for signs of a bad release. Returns when the first one came, in milliseconds. */
export function watchSignals(stage: Stage): () => number | null {
  const { clock } = stage.world;
  let first: number | null = null;
  const began = clock.now();
  stage.world.onEvent((event) => {
    if (isAbnormalStop(event)) first ??= clock.now();
  });
  clock.every(
    LOOK_EVERY_MS,
    () => {
      if (first === null && (hasUnhealthy(stage) || hasBadMinute(stage, began))) first = clock.now();
    },
    true,
  );
  return () => first;
}

/** Returns whether a task ended that neither the scheduler nor a person wanted to end. */
function isAbnormalStop({ source, 'detail-type': type, detail }: AwsEvent): boolean {
  if (source !== 'aws.ecs' || type !== 'ECS Task State Change' || detail['lastStatus'] !== 'STOPPED')
    return false;
  const { stopCode, stoppedReason } = detail as { stopCode?: string; stoppedReason?: string };
  const isExit = stopCode === 'EssentialContainerExited' || stopCode === 'TaskFailedToStart';
  return isExit || /health checks/.test(stoppedReason ?? '');
}

function hasUnhealthy(stage: Stage): boolean {
  return groupsOf(stage).some((TargetGroupArn) => {
    const { TargetHealthDescriptions = [] } = stage.call<DescribeTargetHealthOutput>(
      'elb',
      'DescribeTargetHealth',
      { TargetGroupArn },
    );
    return TargetHealthDescriptions.some(({ TargetHealth }) => TargetHealth?.State === 'unhealthy');
  });
}

function groupsOf(stage: Stage): readonly string[] {
  const { TargetGroups = [] } = stage.call<DescribeTargetGroupsOutput>('elb', 'DescribeTargetGroups', {});
  return TargetGroups.map(({ TargetGroupArn = '' }) => TargetGroupArn);
}

/** Returns whether a minute since the release shows a side, or the whole, as bad. */
function hasBadMinute(stage: Stage, began: number): boolean {
  const now = stage.world.clock.now();
  const from = Math.max(Math.floor(began / MINUTE), Math.floor(now / MINUTE) - 3) * MINUTE;
  const MetricDataQueries = seriesOf(stage).flatMap((series, place) => queriesOf(series, place));
  if (MetricDataQueries.length === 0) return false;
  const { MetricDataResults = [] } = stage.call<GetMetricDataOutput>('cloudwatch', 'GetMetricData', {
    ...{ MetricDataQueries, StartTime: new Date(from), EndTime: new Date(now) },
  });
  return MetricDataResults.some(({ Id = '', Values = [] }) =>
    Values.some((value) => value > (Id.startsWith('slow') ? SLOW_SECONDS : BAD_PERCENT)),
  );
}
