import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import { groupMeters, targetGroupMeters } from '../../../src/rollback/meters.ts';
import type { Meter } from '../../../src/rollback/plan.ts';
import { versionOf, type Shift } from './app-spec.ts';
import type { Group } from './codedeploy.ts';

/** Returns where CloudWatch keeps the numbers of a group's targets. Empty: unknown. */
export function metersOf(
  group: Group,
  targetGroups: readonly TargetGroup[],
  shift: Shift | null,
): readonly Meter[] {
  if (shift !== null) return aliasMeters(shift);
  const balanced = targetGroups.filter(({ isUsed, isHttp }) => isUsed && isHttp);
  return [
    ...balanced.flatMap(({ arn }) => targetGroupMeters(arn)),
    ...group.autoScalingGroups.flatMap(groupMeters),
  ];
}

/** Returns the meters of the alias, and of both versions of the newest shift. */
function aliasMeters({ functionName, alias, current, target }: Shift): readonly Meter[] {
  const whole = { FunctionName: nameIn(functionName), Resource: `${nameIn(functionName)}:${alias}` };
  const sides = [current, target].flatMap((ExecutedVersion) => {
    const revision = versionOf(functionName, ExecutedVersion).id;
    return lambdaMeters({ ...whole, ExecutedVersion }).map((meter) => ({ ...meter, revision }));
  });
  return [...lambdaMeters(whole), ...sides];
}

/**
 * Returns the meters of AWS/Lambda. Duration is in milliseconds.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
function lambdaMeters(dimensions: Readonly<Record<string, string>>): readonly Meter[] {
  const of = { namespace: 'AWS/Lambda', dimensions };
  return [
    { ...of, metric: 'requests', name: 'Invocations', stat: 'Sum' },
    { ...of, metric: 'errors', name: 'Errors', stat: 'Sum' },
    { ...of, metric: 'latency', name: 'Duration', stat: 'p95' },
  ];
}

/** Returns the name of a function, which metrics use. An AppSpec may have its ARN. */
function nameIn(functionName: string): string {
  return functionName.slice(functionName.lastIndexOf(':') + 1);
}
