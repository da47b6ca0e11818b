import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { lookBehind, type Behind } from './capacity.ts';
import type { Elb, Forwarder } from './elb.ts';
import { asOneEach, runsIn, type Run } from './runs.ts';
import { splitOf, type Share, type Split } from './split.ts';
import { checkOwner, supported } from './supported.ts';
import { arnOf } from './target.ts';

/** What is there: how the traffic is divided now, what the ledger knows of it, and what stands behind it. */
export interface Survey {
  readonly arn: string;
  readonly forwarder: Forwarder;
  /** Every attached group, at weight 0 too. */
  readonly shares: readonly Share[];
  readonly split: Split;
  readonly entries: readonly Entry[];
  /** Newest first, each once. */
  readonly runs: readonly Run[];
  /** Of the listener or rule, and of the groups. */
  readonly tags: ReadonlyMap<string, Tags>;
  readonly behind: Behind;
}

interface Clients {
  readonly elb: Elb;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** @throws UnsupportedTarget */
export async function survey({ request: { target } }: Claimed, { elb, ledger }: Clients): Promise<Survey> {
  const arn = arnOf(target);
  const [found, entries] = await Promise.all([elb.forwarder(arn), ledger.entries(target)]);
  const shares = supported(target, found);
  const forwarder = found ?? { isDefaultRule: false, actions: [] };
  const attached = shares.map(({ targetGroup }) => targetGroup);
  const [tags, behind] = await Promise.all([elb.tags([arn, ...attached]), lookBehind(elb, attached)]);
  checkOwner(target, tags);
  const runs = asOneEach(runsIn(entries, arn));
  return { arn, forwarder, shares, split: splitOf(shares), entries, runs, tags, behind };
}
