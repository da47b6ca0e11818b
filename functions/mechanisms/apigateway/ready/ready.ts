import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import { consentIn } from '../../../../src/readiness/consent.ts';
import type { Examination, Examining } from '../../../../src/readiness/examination.ts';
import { returningIn } from '../../../../src/readiness/returning.ts';
import type { ApiNames } from '../../../../src/aws/rest-apis.ts';
import { stageOf, type StageName } from '../../../../src/targets/kinds/apigateway/target.ts';
import type { Gateway } from '../gateway.ts';
import { ofSide } from './deployments.ts';
import { ofNames } from './names.ts';

export interface Clients {
  readonly gateway: Pick<Gateway, 'stage' | 'deployments'>;
  readonly names: () => Promise<ApiNames>;
  readonly ledger: Pick<Ledger, 'entries'>;
  /** Returns the ARN of a stage. */
  readonly stageArn: (name: StageName) => string;
}

/** Examines a stage. Its owner and its soak are in the plan. */
export function readinessWith({ gateway, names, ledger, stageArn }: Clients) {
  return async ({ request: { target }, plan }: Examining): Promise<Examination> => {
    const name = stageOf(target);
    const [entries, stage] = await Promise.all([ledger.entries(target), gateway.stage(name)]);
    if (stage === null) return { findings: [], needs: [] };
    const back = returningIn(plan, provenIds(entries)).find(({ isBack }) => isBack);
    const found = await Promise.all([
      ...(back === undefined
        ? []
        : [
            readOr(`the deployments of ${name.api}`, async () =>
              ofSide(back, stage, await gateway.deployments(name.api)),
            ),
          ]),
      readOr('the names of the APIs', async () => ofNames(name, await names())),
    ]);
    const need = {
      actions: ['apigateway:PATCH'],
      resources: [stageArn(name)],
      context: consentIn(plan.tags),
    };
    return { findings: found.flat(), needs: [need] };
  };
}
