import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import { backOf, forwardOf } from '../../../scripts/lastgood/rehearse/requests.ts';
import { executionName } from '../../../src/lambda/start.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Outcome } from '../../../src/rollback/outcome.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Stage } from '../stage.ts';

const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:lastgood-prod-rollback';

/** The tags of a target that may be rehearsed. */
export const REHEARSE = { 'lastgood:rehearse': 'on' };

/** One way of a rehearsal. */
export interface Way {
  readonly execution: () => Execution;
  readonly document: () => Partial<Rollback>;
  readonly outcome: () => Outcome | undefined;
}

/** Starts the way back as the command does. */
export function startBack(stage: Stage, target: string): Way {
  const way = start(stage, backOf(target, 'game day', stage.world.clock.iso()));
  stage.journal.note(`a rehearsal of ${target} goes back`);
  return way;
}

/** Starts the way forward as the command does. */
export function startForward(stage: Stage, { execution, document }: Way): Way {
  const { request, plan } = document() as Rollback;
  const from = plan !== undefined && 'from' in plan ? { from: plan.from.id } : {};
  const record = { execution: execution().arn, target: request.target, request, ...from };
  const rest = { startedAt: execution().startedAt, alsoTriggeredBy: [], automatic: false };
  const way = start(stage, forwardOf({ ...record, ...rest }, stage.world.clock.iso()));
  stage.journal.note(`the rehearsal of ${request.target} goes forward`);
  return way;
}

function start(stage: Stage, request: Request): Way {
  const name = executionName(request);
  const input = JSON.stringify({ request });
  stage.call('states', 'StartExecution', { stateMachineArn: MACHINE, name, input });
  const execution = () => {
    const found = rollbacksIn(stage.runtime).find((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} was not started`);
    return found;
  };
  const document = () => (execution().output ?? execution().states.at(-1)?.input ?? {}) as Partial<Rollback>;
  return { execution, document, outcome: () => document().outcome };
}

/** Lets time pass until a way has ended, and returns its outcome. */
export async function ended(stage: Stage, way: Way, limitMinutes = 90): Promise<Outcome['state']> {
  await stage.until('the way has ended', () => way.execution().status !== 'RUNNING', limitMinutes);
  const { state } = way.outcome() ?? {};
  if (state !== undefined) return state;
  const { cause } = way.execution();
  const { outcome } = JSON.parse(cause ?? '{}') as { outcome?: Outcome };
  if (outcome === undefined) throw new Error(`it ended without an outcome: ${cause}`);
  return outcome.state;
}

/** Goes back and forward again, and expects that both ways are proven. */
export async function rehearse(stage: Stage, target: string): Promise<readonly [Way, Way]> {
  const back = startBack(stage, target);
  expectState('the way back', await ended(stage, back), 'rolled-back', back);
  const forward = startForward(stage, back);
  expectState('the way forward', await ended(stage, forward), 'rolled-back', forward);
  return [back, forward];
}

export function expectState(what: string, is: Outcome['state'], wanted: Outcome['state'], way: Way): void {
  if (is !== wanted)
    throw new Error(
      `${what} ended as ${is}, not ${wanted}: ${way.outcome()?.reason ?? way.execution().cause}`,
    );
}
