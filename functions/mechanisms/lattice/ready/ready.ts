import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import { consentIn } from '../../../../src/readiness/consent.ts';
import type { Examination, Examining } from '../../../../src/readiness/examination.ts';
import { returningIn } from '../../../../src/readiness/returning.ts';
import { forwarderOf } from '../../../../src/targets/kinds/lattice/target.ts';
import { lookBehind, neededFor } from '../capacity.ts';
import type { Lattice } from '../lattice.ts';
import type { Memo } from '../memo.ts';
import { isSame, readRun } from '../runs.ts';
import { groupsIn, sharesOf, splitOf } from '../split.ts';
import { namesIn } from '../survey.ts';
import { ofChecks, ofPaths } from './rule.ts';
import type { ReadChecks } from './sdk.ts';
import { ofSide } from './sides.ts';

export interface Clients {
  readonly lattice: Pick<Lattice, 'forwarder' | 'groups' | 'rules' | 'targets'>;
  readonly checks: ReadChecks;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Examines the weights of a listener or rule. Its owner is in the plan. */
export function readinessWith({ lattice, checks, ledger }: Clients) {
  return async ({ request: { target }, plan }: Examining<Memo>): Promise<Examination> => {
    const name = forwarderOf(target);
    const [forwarder, groups, entries] = await Promise.all([
      lattice.forwarder(name),
      lattice.groups(),
      ledger.entries(target),
    ]);
    if (forwarder === null) return { findings: [] };
    const names = namesIn(groups);
    const attached = sharesOf(forwarder.action) ?? [];
    const now = splitOf(attached);
    const runs = (id: string) => isSame(readRun(id)?.split ?? [], now);
    const back = returningIn(plan, provenIds(entries), runs).find(({ isBack }) => isBack);
    const to = 'memo' in plan ? plan.memo.to : (readRun(back?.id ?? '')?.split ?? []);
    const behind = await lookBehind(lattice, [...groupsIn(attached), ...groupsIn(to)]);
    const needed = neededFor(now, behind, groups);
    const found = await Promise.all([
      readOr('the health checks of the target groups', async () =>
        ofChecks(await Promise.all(groupsIn(attached).map(checks)), names),
      ),
      readOr('the other rules of the service', async () =>
        ofPaths(name, await lattice.rules(name.service), groupsIn(now), names),
      ),
    ]);
    return {
      findings: [
        ...to.flatMap((share) => ofSide(share, to, { attached, behind, needed, names })),
        ...found.flat(),
      ],
      needs: [
        {
          actions: [`vpc-lattice:${name.rule === null ? 'UpdateListener' : 'UpdateRule'}`],
          resources: [forwarder.arn],
          context: consentIn(plan.tags),
        },
      ],
    };
  };
}
