import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment, Tags } from '../../../src/rollback/plan.ts';
import type { Balancers, Route53, WeightedRecord } from './route53.ts';
import { asOneEach, currentRun, deploymentOf, runsIn, type Run } from './runs.ts';
import { supported } from './supported.ts';
import { recordOf } from './target.ts';

export interface Clients {
  readonly route53: Route53;
  readonly balancers: Balancers;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** Everything a plan is made from, read once. */
export interface Survey {
  readonly records: readonly WeightedRecord[];
  /** Of the hosted zone. */
  readonly tags: Tags;
  readonly entries: readonly Entry[];
  /** The runs of the entries, newest first, each once. */
  readonly runs: readonly Run[];
  /** The weights of now, and since when. */
  readonly current: Run;
  /** Null: nobody knows when the present weights came. */
  readonly deployment: Deployment | null;
}

/** @throws UnsupportedTarget */
export async function survey({ request: { target }, claim }: Claimed, clients: Clients): Promise<Survey> {
  const name = recordOf(target);
  const [records, tags, entries] = await Promise.all([
    clients.route53.records(name),
    clients.route53.tags(name.zone),
    clients.ledger.entries(target),
  ]);
  const weights = supported(target, records);
  if (records === null || tags === null)
    throw new UnsupportedTarget(`${target}: there is no such hosted zone`);
  // The claim and not now: throttled calls make a plan minutes late, and the switch is no younger for that.
  const runs = asOneEach(runsIn(entries));
  const current = currentRun(runs, weights, claim.since);
  return { records, tags, entries, runs, current, deployment: deploymentOf(current, entries) };
}
