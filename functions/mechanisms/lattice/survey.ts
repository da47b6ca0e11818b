import type { LaunchedReader } from '../../../src/aws/launched.ts';
import type { ReadTags } from '../../../src/aws/resource-tags.ts';
import { asOneEach, runsIn } from '../../../src/ledger/divisions.ts';
import { knownOf, type Knowing } from '../../../src/ledger/last-sight.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { forwarderOf } from '../../../src/targets/kinds/lattice/target.ts';
import { backingOf, createTargets, groupArn, type Backing } from './backing.ts';
import { candidatesFor } from './candidates.ts';
import { divisionOf } from './division.ts';
import type { Groups, Lattice, NamedRule } from './lattice.ts';
import { otherRules } from './paths.ts';
import type { Seen } from './seen.ts';
import { groupsIn, nameOf, splitOf, withBehind, type Names } from './split.ts';
import { checkOwner, supported } from './supported.ts';

/** Everything that a plan is made from. The split says what each group runs, if AWS shows it. */
export interface Survey extends Seen {
  /** Of the listener or rule, of its service, and of the groups of the present division and of the candidates. By ARN. */
  readonly tags: ReadonlyMap<string, Tags>;
  readonly backing: Backing;
  /** The other rules of the service, as far as they could be read. */
  readonly others: readonly NamedRule[];
}

export interface Clients extends Knowing {
  readonly lattice: Lattice;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
  readonly readTags: ReadTags;
}

/**
 * Reads the rule first. What the ledger knows then shows what else a plan needs: the tags, and the targets of the groups
 * that lose their traffic and of those that get it.
 * @throws UnsupportedTarget, InvalidRequest
 */
export async function survey(rollback: Plannable, clients: Clients): Promise<Survey> {
  const { target } = rollback.request;
  const seen = await see(target, clients);
  const candidates = candidatesFor(seen, rollback);
  const targets = createTargets(clients.lattice);
  const groups = candidates.flatMap(({ split }) => groupsIn(split));
  const [tags, others] = await Promise.all([
    readTags(seen, groups, clients),
    otherRules(seen.name, clients.lattice),
    ...[...groupsIn(seen.split), ...groupsIn(candidates[0]?.split ?? [])].map(targets),
  ]);
  const { arn } = seen.forwarder;
  const attached = groupsIn(seen.shares).map((group) => groupArn(arn, group));
  const owning = [arn, serviceArn(arn), ...attached];
  checkOwner(target, new Map([...tags].filter(([one]) => owning.includes(one))), (one) =>
    nameOf(one.slice(one.lastIndexOf('/') + 1), seen.names),
  );
  const backing = backingOf(arn, seen.groups, targets, clients);
  const running = await backing.running(seen.split);
  return { ...seen, split: withBehind(seen.split, running), tags, backing, others };
}

async function see(target: string, clients: Clients): Promise<Seen & { readonly groups: Groups }> {
  const name = forwarderOf(target);
  const [forwarder, groups, known] = await Promise.all([
    clients.lattice.forwarder(name),
    clients.lattice.groups(),
    knownOf(clients, target),
  ]);
  const shares = supported(target, forwarder);
  const names = namesIn(groups);
  const division = divisionOf(names);
  const runs = asOneEach(division, runsIn(division, known.entries));
  const there = forwarder ?? { arn: '', isDefaultRule: false, action: { forward: { targetGroups: [] } } };
  return { name, forwarder: there, shares, split: splitOf(shares), names, groups, ...known, runs };
}

export function namesIn(groups: Groups): Names {
  return Object.fromEntries([...groups].map(([id, { name }]) => [id, name]));
}

/** Returns the ARN of the service of a listener or rule. */
export function serviceArn(arn: string): string {
  return arn.slice(0, arn.indexOf('/listener/'));
}

async function readTags(
  { forwarder: { arn }, shares }: Seen,
  others: readonly string[],
  clients: Pick<Clients, 'readTags'>,
): Promise<ReadonlyMap<string, Tags>> {
  const groups = [...groupsIn(shares), ...others].map((group) => groupArn(arn, group));
  const arns = [...new Set([arn, serviceArn(arn), ...groups])];
  const tags = await clients.readTags(arns);
  return new Map(arns.map((one, index) => [one, tags[index] ?? {}]));
}
