import type { Meter } from '../../../src/rollback/plan.ts';
import { ownDimension } from '../../../src/targets/kinds/apigateway/api-names.ts';
import type { Survey } from './survey.ts';

/**
 * Metrics of AWS/ApiGateway; Latency is in milliseconds, and the sum of 5XXError counts them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
const METERS = [
  { metric: 'requests', name: 'Count', stat: 'Sum' },
  { metric: 'errors', name: '5XXError', stat: 'Sum' },
  { metric: 'latency', name: 'Latency', stat: 'p95' },
] as const;

/**
 * Returns where CloudWatch keeps the stage's numbers, its canary's included. Null: the name of the API is not known, or
 * another API has it too, so that CloudWatch adds up both.
 */
export function metersOf({ name, names }: Pick<Survey, 'name' | 'names'>): readonly Meter[] | null {
  const ApiName = names === null ? null : ownDimension(names, name.api);
  if (ApiName === null) return null;
  const dimensions = { ApiName, Stage: name.stage };
  return METERS.map((meter) => ({ ...meter, namespace: 'AWS/ApiGateway', dimensions }));
}
