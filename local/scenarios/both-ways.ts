import { play } from './play.ts';
import type { Result } from './result.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** The facts of a run that must not depend on how its functions were called. */
type Facts = Readonly<Record<string, unknown>>;

/**
 * Plays a scenario with the bundles and in process. Returns the differences, or an empty list.
 * @param onBundles receives the stage after the play with the bundles
 */
export async function differences(
  scenario: Scenario,
  seed: number,
  onBundles?: (stage: Stage) => void,
): Promise<readonly string[]> {
  const bundles = await factsOf(scenario, seed, false, onBundles);
  const inProcess = await factsOf(scenario, seed, true);
  // A function may have run in one of the two alone.
  return Object.keys({ ...bundles, ...inProcess }).flatMap((of) =>
    differenceIn(of, bundles[of], inProcess[of]),
  );
}

async function factsOf(
  scenario: Scenario,
  seed: number,
  fast: boolean,
  onStage?: (stage: Stage) => void,
): Promise<Facts> {
  const executions: string[][] = [];
  const calls: Record<string, string[][]> = {};
  const onEnd = (stage: Stage): void => {
    for (const { arn, status, states } of stage.runtime.executions())
      executions.push([arn.split(':')[6] ?? '', status, ...states.map(({ name }) => name)]);
    Object.assign(calls, callsOf(stage));
    onStage?.(stage);
  };
  const result = await play(scenario, { seed, fast, onEnd });
  return { ...endOf(result), executions, ...calls };
}

/** Returns the end without fields that hold a random id, and without instants, which depend on the order of calls. */
function endOf({ outcome, verdict, rungs, problems, passed, recovery }: Result): Facts {
  const { badSince, alarmAt } = recovery;
  return { outcome, verdict: verdict?.verdict, rungs, problems, passed, badSince, alarmAt };
}

/**
 * At two a second, which of several functions at once is throttled depends on milliseconds. Evidence retries none, and
 * asks for a second name only where the first was not refused. So they count once.
 */
const SHARED_RATES: readonly string[] = ['LookupEvents'];

/**
 * Returns the calls of each function, by invocation. Sorts those of one invocation: the order of parallel calls depends
 * on the number of steps that the SDK takes in each client.
 */
function callsOf({ runtime }: Stage): Record<string, string[][]> {
  const all: Record<string, string[][]> = {};
  for (const [number, { function: name }] of runtime.invocations.entries()) {
    const calls = runtime.wire.calls.filter(({ invocation }) => invocation === number);
    const answers = calls.map(
      ({ service, operation, error = 'answered' }) =>
        `${service} ${operation} ${SHARED_RATES.includes(operation) ? 'either' : error}`,
    );
    const counted = answers.filter(
      (answer, place) => !answer.endsWith(' either') || answers.indexOf(answer) === place,
    );
    (all[`calls of ${name}`] ??= []).push(counted.sort());
  }
  return all;
}

function differenceIn(of: string, bundles: unknown, inProcess: unknown): readonly string[] {
  const [one, other] = [JSON.stringify(bundles), JSON.stringify(inProcess)];
  return one === other ? [] : [`${of}: with bundles ${one}, in process ${other}`];
}
