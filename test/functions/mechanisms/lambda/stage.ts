import type { Clients } from '../../../../functions/mechanisms/lambda/plan.ts';
import type { Lambda } from '../../../../functions/mechanisms/lambda/lambda.ts';
import { createMechanism } from '../../../../functions/mechanisms/lambda/mechanism.ts';
import type { Memo } from '../../../../functions/mechanisms/lambda/memo.ts';
import { createLambda } from '../../../../functions/mechanisms/lambda/sdk.ts';
import type { Shift, Shifts } from '../../../../functions/mechanisms/lambda/shifts.ts';
import type { Sided } from '../../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import { wanted } from '../../../contract/walk.ts';
import { lambdaClient } from '../../../fakes/lambda-client.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { LambdaWorld } from '@lastgood/embedded-aws/test/world/lambda-world.ts';

export const TARGET = 'lambda:checkout/live';

/** Puts the mechanism between Lambda and a ledger that a test can fill. Version 1 is proven. */
export interface Stage {
  readonly world: LambdaWorld;
  readonly ledger: FakeEntries;
  /** Calls to Lambda, in order. */
  readonly calls: string[];
  /** Those that Lambda accepted. */
  readonly accepted: readonly string[];
  readonly clients: Clients;
  readonly lambda: Lambda;
  /** The deployment by which CodeDeploy is shifting the alias. */
  readonly shifts: FakeShifts;
  readonly mechanism: Mechanism<Memo> & Sided;
  readonly plan: (request?: Partial<Request>) => Promise<Plan>;
}

/** CodeDeploy in memory. */
export class FakeShifts implements Shifts {
  shift: Shift | null = null;
  asked = 0;

  of(): Promise<Shift | null> {
    this.asked++;
    return Promise.resolve(this.shift);
  }
}

export function stage(): Stage {
  const world = new LambdaWorld();
  const ledger = new FakeEntries(TARGET);
  const calls: string[] = [];
  const accepted: string[] = [];
  const lambda = createLambda(lambdaClient(world.lambda, calls, accepted));
  const shifts = new FakeShifts();
  const readTags: Clients['readTags'] = (arns) =>
    Promise.resolve(arns.map((Resource) => world.call('ListTags', { Resource }).Tags ?? {}));
  const clients = { lambda, readTags, shifts, ledger, now: () => world.clock.iso() };
  const mechanism = createMechanism(clients);
  ledger.prove('1');
  return {
    world,
    ledger,
    calls,
    accepted,
    clients,
    lambda,
    shifts,
    mechanism,
    plan: (request) => mechanism.plan(wanted(TARGET, request)),
  };
}
