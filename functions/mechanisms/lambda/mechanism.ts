import { withReserved } from '../../../src/aws/reserved-concurrency.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { aliasOf } from '../../../src/targets/kinds/lambda/target.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { settledWith } from './settled.ts';
import { sidesWith } from './sides.ts';
import { stopWith } from './stop.ts';
import { Memo } from './memo.ts';
import { takes } from './takes.ts';

/** Creates the mechanism for aliases of AWS Lambda functions, with or without a running canary. */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  const plan = planWith(clients);
  return {
    memo: Memo,
    sides: sidesWith(clients),
    plan: async (rollback) => {
      const { functionName } = aliasOf(rollback.request.target);
      return withReserved(await plan(rollback), rollback, functionName, clients.lambda.reserved);
    },
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
  };
}
