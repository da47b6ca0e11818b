import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientOptions } from '../../../src/aws/client.ts';
import { now } from '../../../src/lambda/now.ts';
import type { Ledger, Sighting } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { DeploymentSighting } from '../../../src/targets/kind.ts';
import type { Deployed, SweptKind } from '../../sweep/kind.ts';
import type { Elb } from './elb.ts';
import { currentRun } from './deployment.ts';
import { isSame, readRun, runsIn, toRevision, writeRun } from './runs.ts';
import { createElb } from './sdk.ts';
import { isWhole, nameSplit, sharesOf, splitOf, type Split } from './split.ts';
import { arnOf, isForwarder } from './target.ts';

/** What the sweep asks of listeners and rules. */
export function createSweptKind(): SweptKind {
  const elb = createElb(new ElasticLoadBalancingV2Client(clientOptions));
  return {
    deployed: (sighting) => deployed(elb, sighting),
    seen: async ({ optedIn, entriesOf }) => {
      const arns = (await optedIn('here')).map(({ arn }) => arn).filter(isForwarder);
      return (await Promise.all(arns.map((arn) => seenAt(arn, elb, entriesOf, now())))).flat();
    },
  };
}

type Reads = Pick<Elb, 'forwarder' | 'tags'>;

/** Of one listener or rule. A step of a rollout is never alone, and so never proven. */
export async function deployed(elb: Reads, { target, deployment }: Sighting): Promise<Deployed | null> {
  const arn = arnOf(target);
  const run = readRun(deployment, arn);
  const present = await splitAt(elb, arn);
  if (run === null || present === null) return null;
  const tags = (await elb.tags([arn])).get(arn) ?? {};
  return { revision: toRevision(run), runs: standing(run.split, present), tags, alarms: [] };
}

function standing(split: Split, present: Split): Deployed['runs'] {
  if (!isSame(split, present)) return 'gone';
  return isWhole(present) ? 'alone' : 'unclear';
}

/** How a listener or rule divides its traffic now: since when, if the ledger has seen it before, else since now. */
export async function seenAt(
  arn: string,
  elb: Pick<Elb, 'forwarder'>,
  entriesOf: Ledger['entries'],
  at: Instant,
): Promise<readonly DeploymentSighting[]> {
  const target = `elb:${arn}`;
  const [split, entries] = await Promise.all([splitAt(elb, arn), entriesOf(target)]);
  if (split === null) return [];
  const run = currentRun(runsIn(entries, arn), split, at);
  const reason = `the traffic goes to ${nameSplit(split)}`;
  return [{ target, deployment: writeRun(run), state: 'completed', at: run.since, reason }];
}

/** Null: it is gone, or does something else than forward. */
async function splitAt(elb: Pick<Elb, 'forwarder'>, arn: string): Promise<Split | null> {
  const forwarder = await elb.forwarder(arn);
  const shares = forwarder === null || forwarder.isDefaultRule ? null : sharesOf(forwarder.actions);
  return shares === null ? null : splitOf(shares);
}
