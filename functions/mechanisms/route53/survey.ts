import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment, Tags } from '../../../src/rollback/plan.ts';
import type { Balancers, Route53, WeightedRecord } from './route53.ts';
import { currentRun, deploymentOf, type Run } from './runs.ts';
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
  /** The weights of now, and since when. */
  readonly current: Run;
  /** Null: nobody knows when the present weights came. */
  readonly deployment: Deployment | null;
}

/** @throws UnsupportedTarget */
export async function survey({ request: { target } }: Claimed, clients: Clients): Promise<Survey> {
  const name = recordOf(target);
  const [records, tags, entries] = await Promise.all([
    clients.route53.records(name),
    clients.route53.tags(name.zone),
    clients.ledger.entries(target),
  ]);
  const weights = supported(target, records);
  if (records === null || tags === null)
    throw new UnsupportedTarget(`${target}: there is no such hosted zone`);
  const current = currentRun(entries, weights, clients.now());
  return { records, tags, entries, current, deployment: deploymentOf(current, entries) };
}
