import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import { consentIn } from '../../../../src/readiness/consent.ts';
import type { Examination, Examining, Need } from '../../../../src/readiness/examination.ts';
import { returningIn, runningIn } from '../../../../src/readiness/returning.ts';
import { aliasOf } from '../../../../src/targets/kinds/lambda/target.ts';
import type { Lambda } from '../lambda.ts';
import { nameOf } from '../revision.ts';
import { ofProvisioned, ofReserved } from './concurrency.ts';
import type { Concurrency } from './sdk.ts';
import { ofVersion } from './version.ts';

export interface Clients {
  readonly lambda: Pick<Lambda, 'alias' | 'version' | 'reserved'>;
  readonly concurrency: Concurrency;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Examines an alias. Its owner and its soak are in the plan. */
export function readinessWith({ lambda, concurrency, ledger }: Clients) {
  return async ({ request: { target }, plan }: Examining): Promise<Examination> => {
    const name = aliasOf(target);
    const { functionName } = name;
    const [entries, alias] = await Promise.all([ledger.entries(target), lambda.alias(name)]);
    const back = returningIn(plan, provenIds(entries)).find(({ isBack }) => isBack);
    const found = await Promise.all([
      ...(back === undefined
        ? []
        : [
            readOr(`version ${nameOf(functionName, back.id)}`, async () =>
              ofVersion(nameOf(functionName, back.id), back, await lambda.version(functionName, back.id)),
            ),
          ]),
      readOr(`the reserved concurrency of ${functionName}`, async () =>
        ofReserved(functionName, await lambda.reserved(functionName)),
      ),
      readOr(`the provisioned concurrency of ${functionName}`, async () =>
        ofProvisioned(
          name,
          { running: runningIn(plan), back: back?.id },
          await concurrency.provisioned(functionName),
        ),
      ),
    ]);
    const needs: readonly Need[] =
      alias === null
        ? []
        : [
            {
              actions: ['lambda:UpdateAlias'],
              resources: [alias.functionArn],
              context: consentIn(plan.tags),
            },
          ];
    return { findings: found.flat(), needs };
  };
}
