import { readOr } from '../../src/lambda/read-or.ts';
import type { Alarms } from '../../src/readiness/shared/of-alarms.ts';
import type { ReadAliases } from '../../src/targets/alarms/read-tags.ts';
import { alarmFindings } from './alarms.ts';
import type { ReadShared } from './check.ts';
import type { Simulate } from './permissions.ts';

export interface SharedReads {
  /** All alarms of the account. */
  readonly alarms: () => Promise<Alarms>;
  /** The targets of what an alarm watches whole. */
  readonly partsOf: ReadAliases;
  readonly simulate: Simulate;
  /** Returns the ARN of a mechanism's role. */
  readonly roleOf: (kind: string) => string;
}

/** Reads what holds for every kind: the alarms, and the permissions of the mechanism's role. */
export function sharedWith({ alarms, partsOf, simulate, roleOf }: SharedReads): ReadShared {
  return async ({ kind, request, planned, examined }) => {
    const plan = planned?.is;
    if (plan === undefined) return [];
    const needs = examined?.is.needs ?? [];
    const found = await Promise.all([
      readOr('the alarms of the account', async () =>
        alarmFindings(request.target, plan, await alarms(), partsOf),
      ),
      readOr('the permissions of the mechanism', async () =>
        needs.length === 0 ? [] : simulate(roleOf(kind), needs),
      ),
    ]);
    return found.flat();
  };
}
