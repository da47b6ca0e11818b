import type { Meter } from '../../../src/rollback/plan.ts';
import { LATEST } from './configuration.ts';
import type { Survey } from './survey.ts';
import type { AliasName } from '../../../src/targets/kinds/lambda/target.ts';

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
  const from = recent.findIndex(({ id }) => id === blame?.suspect.id);
  const sides = recent.slice(Math.max(from, 0)).map(({ revision: { id } }) => id);
  return metersBy(name, [...new Set(sides)].slice(0, 2));
}

/** Returns the meters of an alias, and those of each of these versions. */
export function metersBy({ functionName, alias }: AliasName, versions: readonly string[]): readonly Meter[] {
  const dimensions = { FunctionName: functionName, Resource: `${functionName}:${alias}` };
  const whole = METERS.map((meter) => ({ ...meter, namespace: 'AWS/Lambda', dimensions }));
  return [
    ...whole,
    ...versions
      .filter((version) => !version.startsWith(LATEST))
      .flatMap((version) =>
        whole.map((meter) => ({
          ...meter,
          dimensions: { ...dimensions, ExecutedVersion: version },
          revision: version,
        })),
      ),
  ];
}
