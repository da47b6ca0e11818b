import { asOneEach, runsIn } from '../../../src/ledger/divisions.ts';
import type { LaunchedReader } from '../../../src/aws/launched.ts';
import type { ReadTags } from '../../../src/aws/resource-tags.ts';
import { knownOf, type Knowing } from '../../../src/ledger/last-sight.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { createTargets, groupsIn, readBacking, type Backing } from './backing.ts';
import { candidatesFor } from './candidates.ts';
import type { Elb } from './elb.ts';
import { divisionOf } from './division.ts';
import type { Fleets } from './fleets.ts';
import type { Seen } from './seen.ts';
import { splitOf, withBehind, type Split } from './split.ts';
import { checkOwner, supported } from './supported.ts';
import { arnOf } from '../../../src/targets/kinds/elb/target.ts';

/** Everything that a plan is made from. The split says what each group runs, if AWS shows it. */
export interface Survey extends Seen {
  /** Of the listener or rule, of the attached groups and of those of the candidates. */
  readonly tags: ReadonlyMap<string, Tags>;
  readonly backing: Backing;
}

export interface Clients extends Knowing {
  readonly elb: Elb;
  readonly fleets: Fleets;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
  readonly readTags: ReadTags;
}

/**
 * Reads the rule first. What the ledger knows then shows what else a plan needs: the targets of the groups that are to
 * lose their traffic, beside the tags. Revert reads those of the groups that are to get it, before it writes.
 * @throws UnsupportedTarget, InvalidRequest
 */
export async function survey(rollback: Plannable, clients: Clients): Promise<Survey> {
  const { target } = rollback.request;
  const seen = await see(target, clients);
  const candidates = candidatesFor(seen, rollback);
  const targets = createTargets(clients.elb);
  const [tags] = await Promise.all([
    readTags(
      seen,
      candidates.flatMap(({ split }) => groupsIn(split)),
      clients,
    ),
    ...losing(seen.split, candidates[0]?.split).map(targets.read),
  ]);
  const attached = groupsIn(seen.shares);
  checkOwner(target, new Map([...tags].filter(([arn]) => arn === seen.arn || attached.includes(arn))));
  const backing = await readBacking(tags, targets, clients);
  const running = await backing.running(lastKnown(seen));
  return { ...seen, split: withBehind(seen.split, running), tags, backing };
}

async function see(target: string, clients: Clients): Promise<Seen> {
  const { elb } = clients;
  const arn = arnOf(target);
  const [found, known] = await Promise.all([elb.forwarder(arn), knownOf(clients, target)]);
  const shares = supported(target, found);
  const forwarder = found ?? { isDefaultRule: false, actions: [] };
  const division = divisionOf(arn);
  const runs = asOneEach(division, runsIn(division, known.entries));
  return { arn, forwarder, shares, split: splitOf(shares), ...known, runs };
}

async function readTags(
  { arn, shares }: Seen,
  others: readonly string[],
  clients: Pick<Clients, 'readTags'>,
): Promise<ReadonlyMap<string, Tags>> {
  const arns = [...new Set([arn, ...groupsIn(shares), ...others])];
  const tags = await clients.readTags(arns);
  return new Map(arns.map((one, index) => [one, tags[index] ?? {}]));
}

/** Returns the groups that have a part of the traffic and are to have none. */
export function losing(split: Split, to: Split | undefined): readonly string[] {
  const kept = groupsIn(to ?? split);
  return groupsIn(split).filter((group) => !kept.includes(group));
}

/** Returns the present division with what each group ran when the ledger last recorded it. */
function lastKnown({ split, runs }: Seen): Split {
  const shares = runs.flatMap((run) => run.split);
  return split.map((share) => {
    const known = shares.find(({ targetGroup }) => targetGroup === share.targetGroup)?.behind;
    return known === undefined ? share : { ...share, behind: known };
  });
}
