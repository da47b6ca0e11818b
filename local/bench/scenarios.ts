import { pathOf, type Path } from './path.ts';
import { mainExecution, play } from '../scenarios/play.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { workOf } from '../scenarios/work.ts';

/** Cost of a scenario. `null` where it has no mitigating call. */
export interface ScenarioCost {
  readonly name: string;
  /** Different functions started before the first mitigating call: the trigger, and those that the workflow called. */
  readonly lambdasBeforeMitigation: number | null;
  /** States entered before the first mitigating call. */
  readonly statesBeforeMitigation: number | null;
  /** AWS calls of those functions before the first mitigating call. */
  readonly callsBeforeMitigation: number | null;
  /** Invocations, states and calls from the trigger to the end of the execution. */
  readonly lambdas: number;
  readonly states: number;
  readonly calls: number;
  /** Virtual milliseconds from the start of the trigger's function to the first mitigating call. */
  readonly orchestrationMs: number | null;
  /** The path to the first mitigating call. Null: none was made, or the rollback waited before it. */
  readonly path: Path | null;
}

/** The functions that start executions: the triggers, and the sweep if an event was lost. */
const TRIGGER = /-(on-[a-z]+|sweep)$/;

const isSweep = (name: string): boolean => name.includes('-sweep');

/**
 * Plays a scenario with seed 1 and counts. It plays in process, where the calls are those of the bundles. Leaves out the
 * sweep's runs unless the sweep was the trigger. Throws where the scenario does not end as it must.
 */
export async function scenarioCost(scenario: Scenario): Promise<ScenarioCost> {
  const costs: ScenarioCost[] = [];
  const { problems } = await play(scenario, {
    seed: 1,
    fast: true,
    onEnd: (stage) => costs.push(count(scenario, stage)),
  });
  const [cost] = costs;
  if (cost === undefined || problems.length > 0) throw new Error(`${scenario.name}: ${problems.join('; ')}`);
  return cost;
}

function count(scenario: Scenario, stage: Stage): ScenarioCost {
  const execution = mainExecution(scenario, stage);
  const firstState = execution?.states[0]?.at ?? '';
  const lastState = execution?.states.at(-1)?.at ?? '';
  const invocations = workOf(stage.runtime);
  const trigger = invocations.findLast((one) => TRIGGER.test(one.function) && one.at <= firstState);
  const from = trigger?.at ?? firstState;
  const onPath = ({ at }: { readonly at: string }): boolean => from <= at && at <= lastState;
  const path = invocations.filter((one) => onPath(one) && (one === trigger || !isSweep(one.function)));
  const calls = stage.runtime.wire.calls.filter(
    (call) => call.role !== 'operator' && onPath(call) && (!isSweep(call.role) || call.at <= firstState),
  );
  const mitigation = calls.find((call) => stage.journal.isWrite(call))?.at ?? null;
  const before = <T extends { readonly at: string }>(things: readonly T[]): T[] =>
    things.filter(({ at }) => mitigation !== null && at < mitigation);
  const orNull = (value: number): number | null => (mitigation === null ? null : value);
  return {
    name: scenario.name,
    lambdasBeforeMitigation: orNull(new Set(before(path).map((one) => one.function)).size),
    statesBeforeMitigation: orNull(before(execution?.states ?? []).length),
    callsBeforeMitigation: orNull(before(calls).length),
    lambdas: path.length,
    states: execution?.states.length ?? 0,
    calls: calls.length,
    path: pathOf(scenario, stage),
    orchestrationMs: mitigation === null ? null : Math.round(Date.parse(mitigation) - Date.parse(from)),
  };
}
