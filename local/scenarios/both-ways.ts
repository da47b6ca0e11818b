import { play } from './play.ts';
import type { Result } from './result.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What must be the same however the functions were run. */
type Seen = Readonly<Record<string, unknown>>;

/**
 * Plays a scenario with the bundles and in process. Returns in what the two differ; empty when they are the same.
 * @param onBundles sees the stage after the play with the bundles
 */
export async function differences(
  scenario: Scenario,
  seed: number,
  onBundles?: (stage: Stage) => void,
): Promise<readonly string[]> {
  const bundles = await seenOf(scenario, seed, false, onBundles);
  const inProcess = await seenOf(scenario, seed, true);
  return Object.keys(bundles).flatMap((of) => differenceIn(of, bundles[of], inProcess[of]));
}

async function seenOf(
  scenario: Scenario,
  seed: number,
  fast: boolean,
  onStage?: (stage: Stage) => void,
): Promise<Seen> {
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

/** Without what holds an id that was drawn at random, and without instants, which come from the order of calls. */
function endOf({ outcome, verdict, rungs, problems, passed, recovery }: Result): Seen {
  const { badSince, alarmAt } = recovery;
  return { outcome, verdict: verdict?.verdict, rungs, problems, passed, badSince, alarmAt };
}

/**
 * The calls of each function, invocation by invocation. Those of one invocation are compared without their order: what a
 * function asks at once leaves in an order that depends on how many steps the SDK takes in each client.
 */
function callsOf({ runtime }: Stage): Record<string, string[][]> {
  const all: Record<string, string[][]> = {};
  for (const [number, { function: name }] of runtime.invocations.entries()) {
    const calls = runtime.wire.calls.filter(({ invocation }) => invocation === number);
    const said = calls.map(
      ({ service, operation, error = 'answered' }) => `${service} ${operation} ${error}`,
    );
    (all[`calls of ${name}`] ??= []).push(said.sort());
  }
  return all;
}

function differenceIn(of: string, bundles: unknown, inProcess: unknown): readonly string[] {
  const [one, other] = [JSON.stringify(bundles), JSON.stringify(inProcess)];
  return one === other ? [] : [`${of}: with bundles ${one}, in process ${other}`];
}
