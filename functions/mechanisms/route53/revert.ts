import { CONSENT, isConsent } from '../../../src/rollback/consent.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import { passedOver } from '../../../src/rollback/first-way.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import { NotPermitted } from '../../../src/rollback/errors.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { behindOf, type Behind } from './behind.ts';
import { capacityOf, lookBehind } from './capacity.ts';
import type { Memo } from './memo.ts';
import type { Balancer, WeightedRecord } from './route53.ts';
import { problemOf, weightsOf } from './supported.ts';
import { mayStandBehind, readRun, serving } from './runs.ts';
import { runningIn, type Clients } from './survey.ts';
import { recordOf } from '../../../src/targets/kinds/route53/target.ts';
import { isSame, sharesOf, weightIn, writeWeights } from './weights.ts';

/** Error codes which mean that these records cannot be set, or no longer: API_ChangeResourceRecordSets. */
const REFUSALS = ['InvalidChangeBatch', 'InvalidInput', 'NoSuchHealthCheck', 'NoSuchHostedZone'];

type Needed = Pick<Clients, 'route53' | 'balancers'>;

/** Sets all weights of the records in one change, if they are unchanged since the plan. */
export function revertWith(clients: Needed): Mechanism<Memo>['revert'] {
  return async (rollback) => {
    const { request, plan } = rollback;
    const memo = plan.memo;
    const name = recordOf(request.target);
    const [records, tags] = await Promise.all([
      clients.route53.records(name),
      clients.route53.tags(name.zone),
    ]);
    const problem = problemOf(records);
    if (records === null || problem !== null) return failed(problem ?? 'there is no such hosted zone');
    const present = weightsOf(records);
    const hasMoved = isSame(present, memo.to);
    if (!hasMoved && !isSame(present, memo.from))
      return failed(`the weights changed after the plan was made: they are ${writeWeights(present)} now`);
    const balancers = await lookAgain(records, memo, clients);
    const [changed] = putElsewhere(plan, behindOf(records, runningIn(records, balancers)));
    if (changed !== undefined) {
      const why = failed(`what answers for ${changed} changed after the plan was made, so it is not proven`);
      // An earlier try of this rollback may have moved the weights.
      return hasMoved ? { ...why, touched: true } : why;
    }
    // An earlier try set them. Route 53 returns the id of a change only once, so that id is lost.
    if (hasMoved) return { state: 'started', deployment: plan.to.id };
    const { blockers } = await capacityOf(
      ...([records, memo.from, memo.to, balancers] as const),
      (id) => clients.route53.healthCheck(id),
      memo.needed,
    );
    if (blockers.length > 0) return failed(passedOver(plan.to.name, blockers.join('; ')));
    checkConsent(request.target, tags ?? {});
    return setWeights(clients, rollback, records, memo);
  };
}

/**
 * Reads the load balancers of the records that are to answer. The plan knows how many targets the traffic needs. Without
 * that, the others show it.
 */
async function lookAgain(
  records: readonly WeightedRecord[],
  { to, needed, balancers }: Memo,
  clients: Needed,
): Promise<readonly (Balancer | null)[]> {
  const shares = sharesOf(to);
  const read = records.filter(({ identifier }) => needed === undefined || weightIn(shares, identifier) > 0);
  const found = await lookBehind(read, clients, balancers);
  return records.map((record) => found[read.indexOf(record)] ?? null);
}

/**
 * Returns the records that are to answer and have something else behind them than was proven. A request for weights
 * alone accepts what is there.
 */
function putElsewhere({ source, to }: OnRung<Memo>['plan'], behind: Behind): readonly string[] {
  const wanted = readRun(to.id);
  if (wanted === null || source === 'request') return [];
  return serving(wanted).filter((id) => !mayStandBehind(id, wanted, { ...wanted, behind }));
}

/**
 * Checks the zone's consent directly before the only write. IAM cannot check it: no action of Route 53 supports
 * aws:ResourceTag (Service Authorization Reference, Amazon Route 53). So the tags are those of Route 53 itself, which
 * are never late.
 * @throws NotPermitted
 */
function checkConsent(target: string, tags: Tags): void {
  if (!isConsent(readSettings(tags).mode))
    throw new NotPermitted(`${target}: its hosted zone is not tagged ${CONSENT}`);
}

async function setWeights(
  { route53 }: Needed,
  { request: { target }, execution }: OnRung<Memo>,
  records: readonly WeightedRecord[],
  { to }: Memo,
): Promise<RevertResult> {
  try {
    const comment = `Lastgood: ${writeWeights(to)} (${execution.split(':').at(-1) ?? ''})`;
    return { state: 'started', deployment: await route53.setWeights(recordOf(target), records, to, comment) };
  } catch (error) {
    if (isNamed(error, ...REFUSALS)) return failed(`${error.name}: ${error.message}`);
    throw error;
  }
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
