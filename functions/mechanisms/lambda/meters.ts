import type { Meter } from '../../../src/rollback/plan.ts';
import { LATEST } from './configuration.ts';
import type { Survey } from './survey.ts';

/**
 * Metrics of AWS/Lambda; Duration is in milliseconds.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
const METERS = [
  { metric: 'requests', name: 'Invocations', stat: 'Sum' },
  { metric: 'errors', name: 'Errors', stat: 'Sum' },
  { metric: 'latency', name: 'Duration', stat: 'p95' },
] as const;

/**
 * Returns where CloudWatch keeps the alias's numbers. Adds those of the version at fault and of the version before it,
 * while both are invoked through the alias. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
export function metersOf({
  name,
  recent,
  blame,
}: Pick<Survey, 'name' | 'recent' | 'blame'>): readonly Meter[] {
  const { functionName, alias } = name;
  const dimensions = { FunctionName: functionName, Resource: `${functionName}:${alias}` };
  const whole = METERS.map((meter) => ({ ...meter, namespace: 'AWS/Lambda', dimensions }));
  const from = recent.findIndex(({ id }) => id === blame?.suspect.id);
  const sides = recent.slice(Math.max(from, 0)).map(({ revision: { id } }) => id);
  const two = [...new Set(sides)].slice(0, 2).filter((version) => !version.startsWith(LATEST));
  return [
    ...whole,
    ...two.flatMap((version) =>
      whole.map((meter) => ({
        ...meter,
        dimensions: { ...dimensions, ExecutedVersion: version },
        revision: version,
      })),
    ),
  ];
}
