import { asOneEach, runsIn } from '../../../src/ledger/divisions.ts';
import { behindEach, MAX_INSTANCES, type LaunchedReader } from '../../../src/aws/launched.ts';
import { knownOf, type Knowing } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { lookBehind, type Behind } from './capacity.ts';
import type { Elb, Forwarder } from './elb.ts';
import { divisionOf } from './division.ts';
import type { Run } from './runs.ts';
import { splitOf, withBehind, type Share, type Split } from './split.ts';
import { checkOwner, supported } from './supported.ts';
import { arnOf } from '../../../src/targets/kinds/elb/target.ts';

/** Everything that a plan is made from: the present division, the ledger's observations, and what the groups run. */
export interface Survey {
  readonly arn: string;
  readonly forwarder: Forwarder;
  /** Every attached group, including those at weight 0. */
  readonly shares: readonly Share[];
  readonly split: Split;
  readonly entries: readonly Entry[];
  /** The sweep's last sight of it. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Newest first, without duplicates. */
  readonly runs: readonly Run[];
  /** Of the listener or rule, and of the groups. */
  readonly tags: ReadonlyMap<string, Tags>;
  readonly behind: Behind;
  /** Fingerprints of what the attached groups run, if AWS shows it. */
  readonly running: ReadonlyMap<string, string>;
}

interface Clients extends Knowing {
  readonly elb: Elb;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
}

/** @throws UnsupportedTarget */
export async function survey({ request: { target } }: Plannable, clients: Clients): Promise<Survey> {
  const { elb } = clients;
  const arn = arnOf(target);
  const [found, known] = await Promise.all([elb.forwarder(arn), knownOf(clients, target)]);
  const shares = supported(target, found);
  const forwarder = found ?? { isDefaultRule: false, actions: [] };
  const attached = shares.map(({ targetGroup }) => targetGroup);
  const [tags, behind] = await Promise.all([elb.tags([arn, ...attached]), lookBehind(elb, attached)]);
  checkOwner(target, tags);
  const running = await runningBehind(behind, clients);
  const split = withBehind(splitOf(shares), running);
  const division = divisionOf(arn);
  const runs = asOneEach(division, runsIn(division, known.entries));
  return { arn, forwarder, shares, split, ...known, runs, tags, behind, running };
}

/** Reads what the targets of the groups run, from a few instances of each. */
export async function runningBehind(
  behind: Behind,
  { launched }: Pick<Clients, 'launched'>,
): Promise<ReadonlyMap<string, string>> {
  const ofEach = Math.floor(MAX_INSTANCES / Math.max(1, behind.size));
  const ids = [...behind.values()].flatMap((targets) => targets?.instances.slice(0, ofEach) ?? []);
  return behindEach([...behind.keys()], await launched.ofInstances(ids));
}
