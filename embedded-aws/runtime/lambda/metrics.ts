import type { Clock, Timer } from '../../world/clock.ts';
import type { Metrics } from '../../world/seams.ts';
import type { Invocation, Refusal } from './lambda.ts';

const MINUTE = 60_000;

/** What Lambda counts of a stack's functions. */
export interface Counted {
  readonly invocations: readonly Invocation[];
  /** Invocations that Lambda refused to run. */
  readonly refusals: readonly Refusal[];
}

/**
 * Records each minute how often each function of the stack ran, failed and was throttled in the previous minute. Lambda
 * counts an invocation at the minute in which it began. A throttled one is no invocation.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function reportFunctions({ invocations, refusals }: Counted, clock: Clock, metrics: Metrics): Timer {
  let told = 0;
  let refused = 0;
  const record = (name: string, at: string, counts: Readonly<Record<string, number>>) => {
    const of = { namespace: 'AWS/Lambda', dimensions: { FunctionName: name }, at: Date.parse(at) };
    for (const [metric, value] of Object.entries(counts))
      metrics.record({ ...of, unit: 'Count', name: metric, value });
  };
  return clock.every(MINUTE, () => {
    const news = invocations.slice(told);
    told = invocations.length;
    for (const { function: name, at, error } of news)
      record(name, at, { Invocations: 1, Errors: error === undefined ? 0 : 1 });
    const throttled = refusals.slice(refused);
    refused = refusals.length;
    for (const { function: name, at } of throttled) record(name, at, { Throttles: 1 });
  });
}
