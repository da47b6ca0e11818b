import type { Clock, Timer } from '../../world/clock.ts';
import type { Metrics } from '../../world/seams.ts';
import type { LogLine } from '../lambda/environments.ts';
import { metricsIn } from './embedded-metrics.ts';

const MINUTE = 60_000;

/**
 * Records each minute the metrics in the lines of the previous minute. CloudWatch extracts them asynchronously; AWS
 * gives no time, and a minute is assumed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
export function reportLogged(lines: readonly LogLine[], clock: Clock, metrics: Metrics): Timer {
  let read = 0;
  return clock.every(MINUTE, () => {
    const news = lines.slice(read);
    read = lines.length;
    for (const { text } of news) for (const datum of metricsIn(text, clock.now())) metrics.record(datum);
  });
}
