import type { Clock, Timer } from '../../world/clock.ts';
import type { Metrics } from '../../world/seams.ts';
import type { Invocation } from './lambda.ts';

const MINUTE = 60_000;

/**
 * Records each minute how often each function of the stack ran and failed in the previous minute. Lambda counts an invocation at the minute in which it began.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function reportFunctions(invocations: readonly Invocation[], clock: Clock, metrics: Metrics): Timer {
  let told = 0;
  return clock.every(MINUTE, () => {
    const news = invocations.slice(told);
    told = invocations.length;
    for (const { function: name, at, error } of news) {
      const of = {
        namespace: 'AWS/Lambda',
        dimensions: { FunctionName: name },
        at: Date.parse(at),
        unit: 'Count',
      };
      metrics.record({ ...of, name: 'Invocations', value: 1 });
      metrics.record({ ...of, name: 'Errors', value: error === undefined ? 0 : 1 });
    }
  });
}
