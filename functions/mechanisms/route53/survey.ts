import { asOneEach, runsIn, sightBeforeRun } from '../../../src/ledger/divisions.ts';
import { knownOf, type Knowing } from '../../../src/ledger/last-sight.ts';
import type { ReadTags } from '../../../src/aws/resource-tags.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { behindOf, type RunningAt } from './behind.ts';
import { lookBehind, type Behind } from './capacity.ts';
import type { Balancers, Route53, WeightedRecord } from './route53.ts';
import { division } from './division.ts';
import type { Run } from './runs.ts';
import { supported } from './supported.ts';
import { recordOf } from '../../../src/targets/kinds/route53/target.ts';

export interface Clients extends Knowing {
  readonly route53: Route53;
  readonly balancers: Pick<Balancers, 'named'>;
  readonly readTags: ReadTags;
  /** Returns the ARN of a hosted zone. */
  readonly zoneArn: (zone: string) => string;
  readonly now: () => string;
  /** The Region in which Lastgood runs. */
  readonly region: string;
}

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly records: readonly WeightedRecord[];
  readonly balancers: Behind;
  /** Tags of the hosted zone. */
  readonly tags: Tags;
  readonly entries: readonly Entry[];
  /** The runs of the ledger's entries, newest first, without duplicates. */
  readonly runs: readonly Run[];
  /** The present run. Its time is that of the plan's input, as if it was first observed then. */
  readonly present: Run;
}

/** @throws UnsupportedTarget */
export async function survey({ request: { target }, since }: Plannable, clients: Clients): Promise<Survey> {
  const name = recordOf(target);
  const [named, [tags = {}], { entries, notBefore }] = await Promise.all([
    clients.route53.named(name),
    clients.readTags([clients.zoneArn(name.zone)]),
    knownOf(clients, target),
  ]);
  const { records, heritage } = named ?? { records: null, heritage: null };
  const weights = supported(target, records, heritage);
  if (records === null) throw new UnsupportedTarget(`${target}: there is no such hosted zone`);
  const balancers = await lookBehind(records, clients);
  const behind = behindOf(records, runningIn(records, balancers));
  const now = { weights, behind, since };
  const runs = asOneEach(division, runsIn(division, entries));
  const present = { ...now, ...sightBeforeRun(division, runs, now, notBefore ?? null) };
  return { records, balancers, tags, entries, runs, present };
}

/** Returns what runs behind the load balancers of these records. */
export function runningIn(records: readonly WeightedRecord[], balancers: Behind): RunningAt {
  return (dnsName) => {
    const index = records.findIndex(({ alias }) => alias?.dnsName === dnsName);
    return balancers[index]?.running ?? null;
  };
}
