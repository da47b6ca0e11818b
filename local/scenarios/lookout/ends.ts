import type { LookedAt } from '../../../src/ledger/lookouts.ts';
import type { Followed, Weighed } from '../../../src/lookout/document.ts';
import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import type { Stage } from '../stage.ts';

/** Returns the executions of the machine `lookout` since the release, the first one's deployment first. */
export function lookoutsIn({ runtime }: Stage): readonly Execution[] {
  return runtime.executions().filter(({ arn }) => arn.includes('-lookout:'));
}

/** Returns the document of the last lookout, as of its last state. */
function lastOf(stage: Stage): Followed | undefined {
  return lookoutsIn(stage).at(-1)?.states.at(-1)?.input as Followed | undefined;
}

/** Returns null if the last lookout ended for this reason before it looked any further, or else how it ended. */
export function endedBecause(says: RegExp): (stage: Stage) => string | null {
  return (stage) => {
    const last = lastOf(stage);
    const reason = last?.sides?.state === 'none' ? last.sides.reason : 'it found sides';
    return says.test(reason) ? null : `the lookout did not end because ${String(says)}: ${reason}`;
  };
}

/** Returns null if the last lookout weighed to this state at its end, or else to which. */
export function weighedAs(
  state: Weighed['state'],
  quiet?: LookedAt['state'],
): (stage: Stage) => string | null {
  return (stage) => {
    const weighed = lastOf(stage)?.weighed;
    const isQuiet = weighed?.state === 'end' && weighed.quiet;
    if (weighed?.state !== state)
      return `the lookout ended at ${weighed?.state ?? 'nothing'}: ${weighed?.says.join(' ') ?? ''}`;
    return quiet === undefined || (quiet === 'quiet') === isQuiet ? null : weighed.says.join(' ');
  };
}

/** Returns null if no look of any lookout accused, or else the accusation. */
export function accusedNothing(stage: Stage): string | null {
  const accused = lookoutsIn(stage)
    .flatMap(({ states }) => states.map(({ input }) => (input as Followed).weighed))
    .find((weighed) => weighed?.state === 'accuse');
  return accused === undefined ? null : `a lookout accused: ${accused.says.join(' ')}`;
}

/** Returns null if lookouts called no operation that changes anything, or else which. */
export function wroteNothing(stage: Stage): string | null {
  const calls = stage.runtime.wire.calls.filter(({ role }) => role.includes('-lookout-'));
  const allowed = /^(?:Describe|Get|List|Query)|^(?:UpdateItem|StartExecution|PutEvents)$/;
  const other = calls.find(({ operation }) => !allowed.test(operation));
  return other === undefined ? null : `a lookout called ${other.operation}`;
}

/** Returns the first difference of several checks. */
export function all(
  ...checks: readonly ((stage: Stage) => string | null)[]
): (stage: Stage) => string | null {
  return (stage) => checks.map((check) => check(stage)).find((difference) => difference !== null) ?? null;
}
