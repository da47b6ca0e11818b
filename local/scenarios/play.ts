import type { Rollback } from '../../src/rollback/document.ts';
import { evidenceIn } from '../../src/rollback/evidence.ts';
import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import { isServed, type Audience } from './journal.ts';
import { leaksIn } from './leaks.ts';
import type { Result } from './result.ts';
import type { Ending, Scenario } from './scenario.ts';
import { openStage, type Stage } from './stage.ts';
import { rollbacksIn } from './rollbacks.ts';

export interface PlayOptions extends Audience {
  readonly seed: number;
  /** Calls the functions in process: see the stage. */
  readonly fast?: boolean;
  readonly interleaved?: boolean;
  /** Receives the stage at the end, before it is closed. */
  readonly onEnd?: (stage: Stage) => void;
}

/** Plays a scenario and returns how it ended. */
export async function play(scenario: Scenario, options: PlayOptions): Promise<Result> {
  const { parameters = {}, attached = {}, beside = [] } = scenario;
  const stage = await openStage({ ...options, parameters, attached, beside });
  try {
    const broke = await scenario.play(stage).then(
      () => [],
      (error: unknown) => [`the story broke off: ${error instanceof Error ? error.message : String(error)}`],
    );
    stage.journal.look();
    const result = resultOf(scenario, options.seed, stage);
    options.onEnd?.(stage);
    const problems = [...broke, ...problemsOf(scenario.ends, result, stage), ...(await leaksIn(stage))];
    return { ...result, passed: problems.length === 0, problems };
  } finally {
    await stage.close();
  }
}

type Ended = Omit<Result, 'passed' | 'problems'>;

function resultOf(scenario: Scenario, seed: number, stage: Stage): Ended {
  const { name } = scenario;
  const execution = mainExecution(scenario, stage);
  const document = execution === undefined ? undefined : documentOf(execution);
  const plan = document?.plan;
  const route = plan !== undefined && 'to' in plan ? plan : null;
  const roles = new Set(stage.runtime.stack.roles.map((role) => role.name));
  return {
    scenario: name,
    seed,
    target: scenario.target,
    ...endOf(stage, execution, document),
    ends: endsOf(scenario, stage),
    from: route?.from.id ?? null,
    to: route?.to.id ?? null,
    verdict: document?.verdict ?? null,
    rungs: document === undefined ? [] : rungsOf(document),
    states: execution?.states.map((state) => state.name) ?? [],
    timeline: stage.journal.happenings(),
    calls: stage.runtime.wire.calls
      .filter(({ role }) => roles.has(role))
      .map(({ at, service, operation, role, allowed }) => ({ at, service, operation, role, allowed })),
    recovery: recoveryOf(stage),
  };
}

/** Returns the execution that the scenario is about: one that got the claim. */
export function mainExecution({ follows = 'first' }: Scenario, stage: Stage): Execution | undefined {
  const executions = rollbacksIn(stage.runtime);
  const planned = executions.filter(({ states }) => states.some(({ name }) => name === 'Plan'));
  return (follows === 'first' ? planned[0] : planned.at(-1)) ?? executions[0];
}

/** Returns the ends of the executions of the target that got as far as a plan. */
function endsOf(scenario: Scenario, stage: Stage): Ended['ends'] {
  const main = mainExecution(scenario, stage);
  const target = main === undefined ? null : targetOf(main);
  return rollbacksIn(stage.runtime)
    .filter(({ states }) => states.some(({ name }) => name === 'Plan'))
    .filter((one) => targetOf(one) === target)
    .map((one) => endOf(stage, one, documentOf(one)));
}

function targetOf({ input }: Execution): string | null {
  return (input as Partial<Rollback> | null)?.request?.target ?? null;
}

/** Returns the document as of the last state. */
function documentOf(execution: Execution): Rollback {
  return execution.states.at(-1)?.input as Rollback;
}

/** Returns the outcome as Report left it, or as the backstop published it. */
function endOf(stage: Stage, execution?: Execution, document?: Rollback): Pick<Ended, 'outcome' | 'reason'> {
  if (execution === undefined) return { outcome: 'none', reason: 'no execution was started' };
  if (document?.outcome !== undefined)
    return { outcome: document.outcome.state, reason: document.outcome.reason };
  return (
    stage.journal.publishedEnd(execution.arn) ?? {
      outcome: 'none',
      reason: `the execution is ${execution.status}, unreported`,
    }
  );
}

function rungsOf({ plan, reverted, settled }: Rollback): Ended['rungs'] {
  if (plan === undefined || !('rungs' in plan) || reverted === undefined) return [];
  const nameOf = (rung: number): string => plan.rungs[rung]?.name ?? String(rung);
  const left = reverted.left.map(({ rung, reason }) => ({ name: nameOf(rung), ended: `left: ${reason}` }));
  const isLeft = reverted.left.some(({ rung }) => rung === reverted.rung);
  return isLeft ? left : [...left, { name: nameOf(reverted.rung), ended: settled?.state ?? 'started' }];
}

function recoveryOf({ traffic, runtime, journal }: Stage): Ended['recovery'] {
  const badSince = traffic.badSince()?.toISOString() ?? null;
  const alarms = journal
    .happenings()
    .filter(({ what }) => /^alarm (?!lastgood-prod-).* is ALARM$/.test(what));
  const writes = runtime.wire.calls.filter((call) => journal.isWrite(call));
  const first = (all: readonly { readonly at: string }[]) =>
    (all.find(({ at }) => at >= (badSince ?? '')) ?? all[0])?.at ?? null;
  return {
    badSince,
    alarmAt: first(alarms),
    firstMitigationAt: first(writes),
    restoredAt: traffic.restoredAt()?.toISOString() ?? null,
  };
}

/** Returns the differences between the end and the end that the scenario expects. */
function problemsOf(ends: Ending, result: Ended, stage: Stage): string[] {
  const { outcome, served, because, through, executions, movedByPeople, also } = ends;
  const wrote = stage.journal.writes().join(', ');
  const allowed = [ends.writes, ...(ends.orWrites === undefined ? [] : [ends.orWrites])].map((list) =>
    list.join(', '),
  );
  const servedNow = isServed(stage.traffic);
  const denied = result.calls.filter(({ allowed }) => !allowed);
  const missing = (ends.denied ?? []).filter((name) => !denied.some(({ operation }) => operation === name));
  const refusals = new Set(
    denied
      .filter(({ operation }) => ends.denied?.includes(operation) !== true)
      .map(({ role, service, operation }) => `${role} was denied ${service} ${operation}`),
  );
  return [
    result.outcome !== outcome && `the outcome is ${result.outcome}, not ${outcome}: ${result.reason}`,
    servedNow !== served && `the users are ${servedNow ? '' : 'not '}served at the end`,
    !allowed.includes(wrote) && `the writes are [${wrote}], not [${allowed.join('] or [')}]`,
    because !== undefined &&
      !because.test(result.reason) &&
      `the reason does not say ${String(because)}: ${result.reason}`,
    through !== undefined &&
      withoutRepeats(result.states) !== through.join(' ') &&
      `the path is ${withoutRepeats(result.states)}`,
    executions !== undefined &&
      rollbacksIn(stage.runtime).length !== executions &&
      `there were ${rollbacksIn(stage.runtime).length} executions, not ${executions}`,
    causeProblem(ends, rollbacksIn(stage.runtime)),
    ...refusals,
    ...missing.map((operation) => `${operation} was not denied`),
    ...stage.traffic.violations().filter((move) => movedByPeople?.test(move) !== true),
    also?.(stage) ?? false,
  ].filter((problem) => typeof problem === 'string');
}

/** Every rollback that gathered evidence must name the cause of the story, and none where nothing shows one. */
function causeProblem({ cause = 'unknown' }: Ending, rollbacks: readonly Execution[]): string | false {
  const named = rollbacks.flatMap(
    ({ states }) =>
      evidenceIn((states.at(-1)?.input as Partial<Rollback> | undefined)?.gathered)?.triage?.cause ?? [],
  );
  if (cause !== 'unknown' && named.length === 0) return `no evidence names the cause ${cause}`;
  const others = named.filter((one) => one !== cause);
  return others.length > 0 && `the likely cause is ${others.join(', ')}, not ${cause}`;
}

/**
 * Returns the path with each loop once, and without further looks of the judge, which depend on the seed. The branches
 * of Gather, which start together, are sorted.
 */
function withoutRepeats(states: readonly string[]): string {
  let path = states
    .join(' ')
    .replaceAll(/ LookAgain(?: (?:PublishLook|LookAgainWait))+ Plan Judge Verdict/g, '')
    .replace(/(?: (?:Evidence|FirstWait|Publish)\b)+/, (branches) => branches.split(' ').sort().join(' '));
  for (const loop of [
    'AwaitEnd Settle Settled',
    'SettleWait Settle Settled',
    'VerifyWait Settle Settled Verify Healthy',
  ]) {
    path = path.replaceAll(new RegExp(`(?: ${loop})+`, 'g'), ` ${loop}`);
  }
  return path;
}
