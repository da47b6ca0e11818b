import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { inBatches, readBatches } from '../../../src/aws/batches.ts';
import { createBudget, within, type Budget } from '../../../src/aws/budget.ts';
import { settledOf } from '../../../src/aws/each.ts';
import { createLaunchedReader, type LaunchedReader } from '../../../src/aws/launched.ts';
import { oncePer } from '../../../src/aws/once-per.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { Reconciler, SweepContext } from '../../../src/targets/kind.ts';
import { arnOf, isForwarder, isRule } from '../../../src/targets/kinds/elb/target.ts';
import type { Forwarder } from './elb.ts';
import { listForwarders } from './listing.ts';
import { deployedAs, seenOf, type Behind } from './observed.ts';
import { HALVES, MAX_ARNS, PAGES, PROOFS } from './shares.ts';
import { unitOf } from './unit.ts';

/** How long a listener or rule that was not found is left out. The list of tagged resources may name it for as long. */
const GONE_SECONDS = 600;

/** Creates what the sweep uses to reconcile listeners and rules. It lists Auto Scaling groups once a minute. */
export function createReconciler({ connect }: Surroundings): Reconciler {
  const launched = createLaunchedReader(connect(AutoScalingClient));
  return reconcilerOf(connect(ElasticLoadBalancingV2Client), launched);
}

export function reconcilerOf(
  client: Pick<ElasticLoadBalancingV2Client, 'send'>,
  launched: Pick<LaunchedReader, 'all'>,
): Reconciler {
  const launchedIn = oncePer(() => launched.all());
  const halves = oncePer(() => createBudget(HALVES.callsPerMinute));
  const gone = new Map<string, Instant>();
  const listed = async (arns: readonly string[], context: SweepContext) => {
    const found = await listForwarders(client, arns, halves(context));
    for (const arn of arns) if (!found.has(arn)) gone.set(arn, context.now);
    return found;
  };
  return {
    shares: [PAGES, PROOFS, HALVES],
    unitsPerPage: MAX_ARNS,
    units: async ({ optedIn, now }) => {
      for (const [arn, at] of gone) if (secondsBetween(at, now) >= GONE_SECONDS) gone.delete(arn);
      const arns = (await optedIn('here')).map(({ arn }) => arn).filter(isForwarder);
      return arns.filter((arn) => !gone.has(arn)).map(unitOf);
    },
    read: async (page, context) => {
      const behind = await behindIn(launchedIn(context));
      const found = await listed(
        page.map(({ name }) => name),
        context,
      );
      return page.flatMap((unit) => {
        const forwarder = found.get(unit.name);
        return forwarder === undefined ? [] : seenOf(unit, forwarder, behind);
      });
    },
    provesPerMinute: PROOFS.callsPerMinute * MAX_ARNS,
    deployed: async (observed, context) => {
      const proofs = createBudget(PROOFS.callsPerMinute);
      const found = await forwardersOf(
        observed.map(({ target }) => arnOf(target)),
        proofs,
        (arns) => listed(arns, context),
      );
      const tags = new Map((await context.optedIn('here')).map((one) => [one.arn, one.tags]));
      return settledOf(observed, async (one) => {
        const arn = arnOf(one.target);
        return deployedAs(one, arn, found(arn), await launchedIn(context), tags.get(arn));
      });
    },
  };
}

/** Where Auto Scaling refuses the list, the weights are reconciled without it. Only a proof needs it. */
async function behindIn(all: ReturnType<LaunchedReader['all']>): Promise<Behind> {
  try {
    return { launched: await all };
  } catch (error) {
    return { launched: [], lacks: String(error) };
  }
}

function forwardersOf(
  arns: readonly string[],
  budget: Budget,
  list: (arns: readonly string[]) => Promise<ReadonlyMap<string, Forwarder>>,
) {
  const all = [...new Set(arns)];
  const [rules, listeners] = [all.filter(isRule), all.filter((arn) => !isRule(arn))];
  return readBatches(
    [...inBatches(rules, MAX_ARNS), ...inBatches(listeners, MAX_ARNS)],
    (arn) => arn,
    (some) => within(budget, PROOFS.quota, () => list(some)),
  );
}
