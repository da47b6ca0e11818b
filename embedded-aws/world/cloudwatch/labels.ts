import { AwsError } from '../service.ts';
import type { MetricName } from './series.ts';

const TOKEN = /\$\{([^}]*)\}/g;
const PROPERTY = /^PROP\('(?:(MetricName|Namespace)|Dim\.([^']+))'\)$/;

/**
 * Returns the label of one time series that a search found. Only properties of the metric are filled in. A label
 * without any is refused, because CloudWatch's addition to it is not documented
 * (https://github.com/grafana/grafana/issues/51714).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
 * @throws AwsError `ValidationError`
 */
export function labelFor(label: string | undefined, metric: MetricName): string {
  if (label === undefined || !label.includes('${'))
    throw new AwsError('ValidationError', 'A search whose label names no property is not modelled here');
  return label.replace(TOKEN, (_, token: string) => {
    const [whole, property, dimension = ''] = PROPERTY.exec(token) ?? [];
    if (whole === undefined)
      throw new AwsError('ValidationError', `The dynamic label '${token}' is not modelled here`);
    if (property === 'MetricName') return metric.name;
    if (property === 'Namespace') return metric.namespace;
    return metric.dimensions[dimension] ?? '--';
  });
}
