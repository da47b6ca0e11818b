import type { GroupSettings } from '../../../../src/aws/group-settings.ts';
import { ofDrains } from '../../../../src/lambda/drains.ts';
import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import { consentIn } from '../../../../src/readiness/consent.ts';
import type { Examination, Examining, Need } from '../../../../src/readiness/examination.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ASG } from '../../../../src/readiness/ids/asg.ts';
import { returningIn } from '../../../../src/readiness/returning.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import { groupOf } from '../../../../src/targets/kinds/asg/target.ts';
import type { AutoScaling } from '../autoscaling.ts';
import type { Ec2 } from '../ec2.ts';
import type { Memo } from '../memo.ts';
import type { TargetGroups } from '../target-groups.ts';
import { ofChecks, ofGroup, ofHabit } from './group.ts';
import { needsOf } from './needs.ts';
import type { Settings, Setup } from './sdk.ts';
import { ofVersion } from './version.ts';

const find = findIn(ASG);

export interface Clients {
  readonly autoscaling: Pick<AutoScaling, 'group'>;
  readonly ec2: Pick<Ec2, 'version' | 'launchesNow'>;
  readonly settings: Settings;
  readonly targetGroups: TargetGroups;
  readonly groupSettings: GroupSettings;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Examines an Auto Scaling group. */
export function readinessWith(clients: Clients) {
  return async ({ request: { target }, plan }: Examining<Memo>): Promise<Examination> => {
    const { autoscaling, settings, targetGroups, ledger } = clients;
    const name = groupOf(target);
    const [entries, setup, group] = await Promise.all([
      ledger.entries(target),
      settings.setup(name),
      autoscaling.group(name),
    ]);
    if (setup === null || group === null) return { findings: [] };
    const used = (await targetGroups.of(group.targetGroups)).filter(({ isUsed }) => isUsed);
    const arns = used.map(({ arn }) => arn);
    const returning = returningIn(plan, provenIds(entries));
    const reads = { ...settings, ...clients.ec2 };
    const versions = await Promise.all(
      returning.map((one) => readOr(`version ${one.id}`, () => ofVersion(one, reads))),
    );
    const ofVersions = versions.flat();
    // A finding of its own says why not (API_RefreshPreferences, AutoRollback).
    const isReversible = setup.follows === null && !ofVersions.some(({ id }) => id === 'image-by-parameter');
    const ofOthers = await ofSettings({ name, setup, arns, isReversible }, plan, clients);
    return {
      findings: [...ofGroup(name, setup), ...ofVersions, ...ofOthers],
      needs: await needsWith(setup, plan, settings),
    };
  };
}

interface Examined {
  readonly name: string;
  readonly setup: Setup;
  /** Of the target groups that a load balancer uses. */
  readonly arns: readonly string[];
  readonly isReversible: boolean;
}

async function ofSettings(
  { name, setup, arns, isReversible }: Examined,
  plan: Plan,
  { settings, groupSettings }: Pick<Clients, 'settings' | 'groupSettings'>,
): Promise<readonly Finding[]> {
  const waysBack = (plan.recent ?? []).filter(({ isRollback }) => isRollback).map(({ id }) => id);
  const found = await Promise.all([
    readOr(`the health checks of ${name}`, async () =>
      ofChecks(name, setup, await groupSettings.checks(arns)),
    ),
    readOr(`the instance refreshes of ${name}`, async () =>
      ofHabit(name, isReversible, await settings.habit(name, waysBack)),
    ),
    ofDrains(arns, groupSettings, (says, cure) => find('drain-none', says, cure)),
  ]);
  return found.flat();
}

/** Returns the writes of the way back; none if there is no way back. */
async function needsWith(setup: Setup, plan: Plan<Memo>, settings: Settings): Promise<readonly Need[]> {
  if (!('memo' in plan)) return [];
  const launch = await settings.launches(plan.memo.to);
  return launch === null ? [] : needsOf(setup, consentIn(plan.tags), plan.memo.to, launch);
}
