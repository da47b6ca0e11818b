import type { GroupSettings } from '../../../../src/aws/group-settings.ts';
import type { ReadTags } from '../../../../src/aws/resource-tags.ts';
import { ofDrains } from '../../../../src/lambda/drains.ts';
import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Examination, Examining } from '../../../../src/readiness/examination.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ELB } from '../../../../src/readiness/ids/elb.ts';
import { returningIn } from '../../../../src/readiness/returning.ts';
import { readSettings } from '../../../../src/rollback/settings.ts';
import { arnOf } from '../../../../src/targets/kinds/elb/target.ts';
import { groupsIn } from '../backing.ts';
import { GROUP_TAG, lookBehind, neededFor } from '../capacity.ts';
import type { Elb } from '../elb.ts';
import type { Fleets } from '../fleets.ts';
import type { Memo } from '../memo.ts';
import { isSame, readRun } from '../runs.ts';
import { sharesOf, splitOf, type Split } from '../split.ts';
import { needsOf } from './needs.ts';
import { ofHealthChecks, ofStickiness } from './rule.ts';
import type { ReadGroupArns } from './sdk.ts';
import { neededOf, ofAttachment, ofGrowth, ofTargets, type Idle } from './sides.ts';

const find = findIn(ELB);

export interface Clients {
  readonly elb: Pick<Elb, 'forwarder' | 'targets'>;
  readonly fleets: Pick<Fleets, 'named'>;
  readonly groupArns: ReadGroupArns;
  readonly groupSettings: GroupSettings;
  readonly readTags: ReadTags;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Examines the weights of a listener or rule. Its owner is in the plan. */
export function readinessWith(clients: Clients) {
  return async ({ request: { target }, plan }: Examining<Memo>): Promise<Examination> => {
    const arn = arnOf(target);
    const [forwarder, entries] = await Promise.all([
      clients.elb.forwarder(arn),
      clients.ledger.entries(target),
    ]);
    if (forwarder === null) return { findings: [] };
    const shares = sharesOf(forwarder.actions) ?? [];
    const now = splitOf(shares);
    const runs = (id: string) => isSame(readRun(id, arn)?.split ?? [], now);
    const back = returningIn(plan, provenIds(entries), runs).find(({ isBack }) => isBack);
    const to = 'memo' in plan ? plan.memo.to : (readRun(back?.id ?? '', arn)?.split ?? []);
    const attached = groupsIn(shares);
    const idle = await idleIn({ attached, now, to }, clients);
    const { soakMinutes } = readSettings(plan.tags);
    const found = await Promise.all([
      readOr('the health checks of the target groups', async () =>
        ofHealthChecks(await clients.groupSettings.checks(attached)),
      ),
      ofDrains(attached, clients.groupSettings, (says, cure) => find('drain-none', says, cure)),
    ]);
    const growing = 'memo' in plan ? growingIn(plan.memo) : [];
    return {
      findings: [
        ...ofBack(idle, to),
        ...idle.flatMap(ofGrowth),
        ...ofStickiness(forwarder.actions, soakMinutes),
        ...found.flat(),
      ],
      needs: needsOf(arn, plan.tags, forwarder.actions, await clients.groupArns(growing)),
    };
  };
}

function ofBack(idle: readonly Idle[], to: Split): readonly Finding[] {
  const back = idle.filter(({ targetGroup }) => groupsIn(to).includes(targetGroup));
  return back.flatMap((one) => (one.isAttached ? ofTargets(one) : ofAttachment(one)));
}

function growingIn({ groups = {}, growing = [] }: Memo): readonly string[] {
  return growing.flatMap((targetGroup) => groups[targetGroup] ?? []);
}

interface Divisions {
  readonly attached: readonly string[];
  readonly now: Split;
  readonly to: Split;
}

/** Reads what is behind the attached groups and those of the way back. */
async function idleIn(
  { attached, now, to }: Divisions,
  { elb, fleets, readTags }: Clients,
): Promise<readonly Idle[]> {
  const groups = [...new Set([...attached, ...groupsIn(to)])];
  const [targets, tags] = await Promise.all([lookBehind(elb, groups), readTags(groups)]);
  const named = groups.map((_, index) => tags[index]?.[GROUP_TAG]);
  const found = await fleets.named(named.filter((name) => name !== undefined));
  const all = neededFor(now, targets);
  const parts = neededOf(to, all);
  return groups.map((targetGroup, index) => {
    const group = named[index];
    return {
      ...{ targetGroup, group },
      needed: parts.get(targetGroup) ?? all,
      isAttached: attached.includes(targetGroup),
      targets: targets.get(targetGroup) ?? null,
      fleet: (group === undefined ? undefined : found.get(group)) ?? null,
    };
  });
}
