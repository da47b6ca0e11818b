import { isRead, type AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { worldServices } from '@lastgood/embedded-aws/runtime/services.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { mainExecution } from '../../local/scenarios/play.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';
import type { Stage } from '../../local/scenarios/stage.ts';

/** Reads by the name of their bucket: `elasticloadbalancing/read`. */
export type Reads = Readonly<Record<string, number>>;

/**
 * The reads of one rollback, by the state that made them. Of a state that ran several times, the run that read the most
 * of each bucket counts. `Look` is one look of the proof: Settle and Verify together.
 */
export type ReadsByState = Readonly<Record<string, Reads>>;

/** The states that call AWS for facts. Looks are counted apart. */
const STATES = ['Plan', 'Judge', 'Stop', 'Revert', 'Evidence', 'Settle'];

/** Counts the reads of a rollback that was played. DynamoDB, whose tables are Lastgood's own, does not count. */
export function readsOf(scenario: Scenario, stage: Stage): ReadsByState {
  const { states = [] } = mainExecution(scenario, stage) ?? {};
  const calls = stage.runtime.wire.calls.filter(({ role }) => ON_THE_PATH.test(role));
  const bucketOf = bucketsOf(worldServices(stage.world));
  const visits = states.flatMap(({ name, at }, index) => {
    const until = states.slice(index + 1).find((next) => next.at > at && !isBeside(next.name))?.at ?? '9999';
    const own = calls.filter((call) => at <= call.at && call.at < until && isMadeBy(name, call));
    return [{ name, reads: counted(own, bucketOf) }];
  });
  const looks = visits.flatMap(({ name, reads }, index) => {
    if (name !== 'Verify') return [];
    const settle = visits.slice(0, index).findLast((one) => one.name === 'Settle')?.reads ?? {};
    return [sum(settle, reads)];
  });
  const byState = STATES.map((name) => [
    name,
    most(visits.filter((visit) => visit.name === name).map(({ reads }) => reads)),
  ]);
  const all = [...byState, ['FirstLook', looks[0] ?? {}], ['Look', most(looks.slice(1))]] as [
    string,
    Reads,
  ][];
  return Object.fromEntries(all.filter(([, reads]) => Object.keys(reads).length > 0));
}

/** Writes the reads of each state in a line: `autoscaling read 2, elb read 4`. */
export function written(reads: ReadsByState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(reads).map(([state, of]) => [
      state,
      Object.entries(of)
        .map(([bucket, count]) => `${bucket} ${count}`)
        .toSorted()
        .join(', '),
    ]),
  );
}

const ON_THE_PATH = /-(mechanism-[a-z0-9]+|guard|verify|evidence)\b/;

/** Says whether a state is in a branch beside a wait. */
function isBeside(state: string): boolean {
  return /Publish|Missing|Wait|Evidence/.test(state);
}

const MAKERS: Readonly<Record<string, RegExp>> = {
  Judge: /-guard/,
  Evidence: /-evidence/,
  Verify: /-verify/,
};

function isMadeBy(state: string, { role, operation }: Call): boolean {
  return isRead(operation) && (MAKERS[state] ?? /-mechanism-/).test(role);
}

function bucketsOf(services: readonly AwsService[]): (call: Call) => string | null {
  return ({ service, operation }) => {
    const of = services.find((one) => one.signingName === service && operation in one.operations);
    return of === undefined ? null : (of.operations[operation]?.bucket?.name ?? service);
  };
}

function counted(calls: readonly Call[], bucketOf: (call: Call) => string | null): Reads {
  const found: Record<string, number> = {};
  for (const call of calls) {
    const bucket = bucketOf(call);
    if (bucket !== null) found[bucket] = (found[bucket] ?? 0) + 1;
  }
  return found;
}

function sum(one: Reads, other: Reads): Reads {
  return together([one, other], (a, b) => a + b);
}

function most(all: readonly Reads[]): Reads {
  return together(all, (one, other) => Math.max(one, other));
}

function together(all: readonly Reads[], how: (one: number, other: number) => number): Reads {
  const names = [...new Set(all.flatMap((reads) => Object.keys(reads)))].toSorted();
  return Object.fromEntries(names.map((name) => [name, all.map((reads) => reads[name] ?? 0).reduce(how)]));
}
