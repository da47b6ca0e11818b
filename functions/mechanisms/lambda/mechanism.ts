import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { LATEST } from './configuration.ts';
import { planWith, type Clients } from './plan.ts';
import { revertWith } from './revert.ts';
import { revisionOf } from './revision.ts';
import { settledWith } from './settled.ts';
import { stopWith } from './stop.ts';
import { aliasOf } from '../../../src/targets/kinds/lambda/target.ts';
import { Memo } from './memo.ts';
import { takes } from './takes.ts';

/** Creates the mechanism for aliases of AWS Lambda functions, with or without a running canary. */
export function createMechanism(clients: Clients): Mechanism<Memo> {
  return {
    memo: Memo,
    plan: planWith(clients),
    stop: stopWith(clients),
    revert: revertWith(clients),
    settled: settledWith(clients),
    takes,
    traits: async (target, { id }) => {
      // The traits of `$LATEST` can be read only while its code is the one in the id.
      const version = id.startsWith(LATEST) ? LATEST : id;
      const found = await clients.lambda.version(aliasOf(target).functionName, version);
      return found === null || revisionOf('', found).id !== id ? null : found.traits;
    },
  };
}
