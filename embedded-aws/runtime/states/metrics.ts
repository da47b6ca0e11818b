import type { Clock, Timer } from '../../world/clock.ts';
import type { Metrics } from '../../world/seams.ts';
import type { Run, Status } from './run.ts';

const MINUTE = 60_000;

/** The metric of each end. https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
const ENDS: Readonly<Record<Exclude<Status, 'RUNNING'>, string>> = {
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/**
 * Records each minute the executions that began and ended in the previous minute, at their instants. The page names no
 * delay; that of a minute is assumed, as Lambda has it.
 */
export function reportExecutions(
  { all }: { readonly all: readonly Run[] },
  clock: Clock,
  metrics: Metrics,
): Timer {
  let begun = 0;
  let running: Run[] = [];
  const record = ({ stateMachineArn }: Run, name: string, at: number) => {
    const dimensions = { StateMachineArn: stateMachineArn };
    metrics.record({ namespace: 'AWS/States', dimensions, name, value: 1, at, unit: 'Count' });
  };
  return clock.every(MINUTE, () => {
    const news = all.slice(begun);
    begun = all.length;
    for (const run of news) record(run, 'ExecutionsStarted', run.startedAt);
    running = [...running, ...news].filter((run) => {
      if (run.status === 'RUNNING' || run.stoppedAt === undefined) return true;
      record(run, ENDS[run.status], run.stoppedAt);
      return false;
    });
  });
}
