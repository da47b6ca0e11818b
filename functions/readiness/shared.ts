import type { ReadAliasNames } from '../../src/aws/alias-names.ts';
import { readOr } from '../../src/lambda/read-or.ts';
import type { Alarms } from '../../src/readiness/shared/of-alarms.ts';
import { alarmFindings } from './alarms.ts';
import type { ReadShared } from './check.ts';
import type { Simulate } from './permissions.ts';

export interface SharedReads {
  /** All alarms of the account. */
  readonly alarms: () => Promise<Alarms>;
  readonly aliases: ReadAliasNames;
  readonly simulate: Simulate;
  /** Returns the ARN of a mechanism's role. */
  readonly roleOf: (kind: string) => string;
}

/** Reads what holds for every kind: the alarms, and the permissions of the mechanism's role. */
export function sharedWith({ alarms, aliases, simulate, roleOf }: SharedReads): ReadShared {
  return async ({ kind, request, planned, examined }) => {
    const plan = planned?.is;
    if (plan === undefined) return [];
    const needs = examined?.is.needs ?? [];
    const found = await Promise.all([
      readOr('the alarms of the account', async () =>
        alarmFindings(request.target, plan, await alarms(), aliases),
      ),
      readOr('the permissions of the mechanism', async () =>
        needs.length === 0 ? [] : simulate(roleOf(kind), needs),
      ),
    ]);
    return found.flat();
  };
}
