import type { StepCall } from '../../src/lambda/steps.ts';
import type { Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Earlier, Facts, Found } from '../../src/rollback/facts.ts';
import { judge as judgeFacts } from '../../src/rollback/judge.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import type { Alarms } from './alarms.ts';

/** Longer than the longest cool-down, a day, and the longest rollback, a day of waiting for an answer, together. */
const LOOK_BACK_SECONDS = 3 * 86_400;

export interface Judging {
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly claims: Pick<Claims, 'records'>;
  readonly alarms: Alarms;
}

/** Judge: gathers the facts and asks the judge. */
export function judge(judging: Judging, now: () => Instant) {
  return async ({ rollback }: StepCall): Promise<Verdict> => {
    const facts = await gather(rollback as Judgeable, judging);
    return judgeFacts(facts, now());
  };
}

async function gather(rollback: Judgeable, { ledger, claims, alarms }: Judging): Promise<Facts> {
  const { request, plan, claim, execution } = rollback;
  const [entries, records, history, alarming] = await Promise.all([
    ledger.entries(request.target),
    claims.records(request.target, after(claim.since, -LOOK_BACK_SECONDS)),
    needsAlarms(rollback) ? alarms.history(rollback) : nothing,
    needsAlarms(rollback) ? alarms.others(rollback) : nothing,
  ]);
  return {
    request,
    plan,
    takenUpAt: claim.since,
    history,
    alarming,
    condemned: entries.filter((entry) => entry.state === 'condemned').map(({ revision }) => revision.id),
    earlier: records.filter((record) => record.execution !== execution).map(toEarlier),
  };
}

/** CloudWatch's quota is shared with ECS's own alarm-driven rollback: nobody is asked whose answer decides nothing. */
function needsAlarms({ request, plan }: Judgeable): boolean {
  return (plan.state === 'ready' || plan.state === 'no-way-back') && request.trigger?.type === 'alarm';
}

const nothing: Found<[]> = { known: true, is: [] };

function toEarlier({ execution, automatic, startedAt, from, outcome }: RollbackRecord): Earlier {
  return {
    execution,
    automatic,
    startedAt,
    ...(from !== undefined && { from }),
    ...(outcome !== undefined && { ended: { at: outcome.at, as: outcome.state } }),
  };
}
