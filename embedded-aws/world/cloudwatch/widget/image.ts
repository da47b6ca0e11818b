import type { GetMetricWidgetImageInput, GetMetricWidgetImageOutput } from '@aws-sdk/client-cloudwatch';
import { writePng } from '../../png.ts';
import { AwsError } from '../../service.ts';
import { periodOf, runQueries } from '../queries.ts';
import type { MetricStore } from '../series.ts';
import { draw } from './draw.ts';
import { readWidget } from './widget.ts';

/**
 * Returns a graph as a PNG. `image/png` instead of `png` changes the whole answer and is meant for manual requests; it
 * is not modelled. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricWidgetImage.html
 * @throws AwsError `ValidationError`
 */
export function getMetricWidgetImage(
  store: MetricStore,
  { MetricWidget = '', OutputFormat = 'png' }: GetMetricWidgetImageInput,
  now: number,
): GetMetricWidgetImageOutput {
  if (OutputFormat !== 'png')
    throw new AwsError('ValidationError', `OutputFormat ${OutputFormat} is not modelled`);
  const { queries, ...widget } = readWidget(MetricWidget, now);
  const longest = Math.max(...queries.map((query) => periodOf(queries, query))) * 1000;
  const window = { from: widget.from - (widget.from % longest), to: widget.to, now };
  const results = runQueries(store, queries, window);
  const shown = queries.filter(({ ReturnData }) => ReturnData !== false);
  const series = shown.map(({ Id = '' }) => results.points(Id));
  return { MetricWidgetImage: writePng(draw(widget, series)) };
}
