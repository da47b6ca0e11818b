import { runsIn, reconciledRun, toRevision } from '../../../src/ledger/divisions.ts';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { behindEach, createLaunchedReader, type Launched } from '../../../src/aws/launched.ts';
import { asOnePage } from '../../../src/targets/as-one-page.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Ledger, ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { ObservedDeployment, Deployed, Reconciler } from '../../../src/targets/kind.ts';
import { oncePer } from '../../../src/aws/once-per.ts';
import type { Elb } from './elb.ts';
import { divisionOf } from './division.ts';
import { isSaidBy, readRun, writeRun } from './runs.ts';
import { createElb } from './sdk.ts';
import { isWhole, nameSplit, sharesOf, splitOf, withBehind, type Split } from './split.ts';
import { arnOf, isForwarder } from '../../../src/targets/kinds/elb/target.ts';

/**
 * Creates what the sweep uses to reconcile listeners and rules. It lists Auto Scaling groups once, if there is a
 * target.
 */
export function createReconciler({ connect, now }: Surroundings): Reconciler {
  const elb = createElb(connect(ElasticLoadBalancingV2Client));
  const launched = createLaunchedReader(connect(AutoScalingClient));
  const launchedIn = oncePer(() => launched.all());
  return asOnePage('elb', {
    deployed: async (observed, context) => deployed({ elb, launched: await launchedIn(context) }, observed),
    recentDeployments: async (context) => {
      const arns = (await context.optedIn('here')).map(({ arn }) => arn).filter(isForwarder);
      if (arns.length === 0) return [];
      const clients = { elb, launched: await launchedIn(context), entriesOf: context.entriesOf };
      return (await Promise.all(arns.map((arn) => seenAt(arn, clients, now())))).flat();
    },
  });
}

interface Reads {
  readonly elb: Pick<Elb, 'forwarder'>;
  readonly launched: readonly Launched[];
}

/** Reads one listener or rule. A step of a rollout always shares the traffic, and so is never proven. */
export async function deployed(
  reads: Reads & { readonly elb: Pick<Elb, 'tags'> },
  { target, deployment }: ObservedRevision,
): Promise<Deployed | null> {
  const arn = arnOf(target);
  const run = readRun(deployment, arn);
  const present = await splitAt(reads, arn);
  if (run === null || present === null) return null;
  const tags = (await reads.elb.tags([arn])).get(arn) ?? {};
  return { revision: toRevision(divisionOf(arn), run), runs: standing(run.split, present), tags, alarms: [] };
}

/** Compares splits. Equal weights with other targets behind them are another run, which has its own soak. */
function standing(split: Split, present: Split): Deployed['runs'] {
  if (!isSaidBy(present, split)) return 'gone';
  return isWhole(present) ? 'alone' : 'unclear';
}

/** Returns the present division, since its first observation in the ledger, or since now. */
export async function seenAt(
  arn: string,
  { entriesOf, ...reads }: Reads & { readonly entriesOf: Ledger['entries'] },
  at: Instant,
): Promise<readonly ObservedDeployment[]> {
  const target = `elb:${arn}`;
  const [split, entries] = await Promise.all([splitAt(reads, arn), entriesOf(target)]);
  if (split === null) return [];
  const division = divisionOf(arn);
  const run = reconciledRun(division, runsIn(division, entries), { split, since: at });
  const reason = `the traffic goes to ${nameSplit(split)}`;
  return [{ target, deployment: writeRun(run), state: 'completed', at: run.since, reason }];
}

/** Reads the division; null: the listener or rule is gone, or does not forward. */
async function splitAt({ elb, launched }: Reads, arn: string): Promise<Split | null> {
  const forwarder = await elb.forwarder(arn);
  const shares = forwarder === null || forwarder.isDefaultRule ? null : sharesOf(forwarder.actions);
  if (shares === null) return null;
  const split = splitOf(shares);
  const groups = split.map(({ targetGroup }) => targetGroup);
  return withBehind(split, behindEach(groups, launched));
}
