import type { Setup } from '../../../../src/aws/code-deploy/setup.ts';
import type { GroupSettings } from '../../../../src/aws/group-settings.ts';
import { ofDrains } from '../../../../src/lambda/drains.ts';
import { readOr } from '../../../../src/lambda/read-or.ts';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Examination, Examining } from '../../../../src/readiness/examination.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { CODEDEPLOY } from '../../../../src/readiness/ids/codedeploy.ts';
import { returningIn } from '../../../../src/readiness/returning.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { readSettings } from '../../../../src/rollback/settings.ts';
import { groupOf, type GroupName } from '../../../../src/targets/kinds/codedeploy/target.ts';
import type { Bundles } from '../bundles.ts';
import type { CodeDeploy, Group } from '../codedeploy.ts';
import type { TargetGroups } from '../target-groups.ts';
import { ofBundle } from './bundle.ts';
import { ofBlue, ofConfig, ofMissed, ofOpen, ofWatching } from './group.ts';
import { needsOf } from './needs.ts';

const find = findIn(CODEDEPLOY);

export interface Clients {
  readonly codedeploy: Pick<CodeDeploy, 'group' | 'deployment' | 'minimumHealthy'>;
  readonly setup: (name: GroupName) => Promise<Setup>;
  readonly bundles: Bundles;
  readonly targetGroups: TargetGroups;
  readonly groupSettings: GroupSettings;
  readonly ledger: Pick<Ledger, 'entries'>;
  /** Prefix of CodeDeploy's ARNs in this account. */
  readonly arn: string;
}

/** Examines a deployment group of instances, or of aliases. */
export function readinessWith(clients: Clients) {
  return async ({ request: { target }, plan, now }: Examining): Promise<Examination> => {
    const name = groupOf(target);
    const [entries, group, setup] = await Promise.all([
      clients.ledger.entries(target),
      clients.codedeploy.group(name),
      clients.setup(name),
    ]);
    if (group === null) return { findings: [] };
    const isServer = group.platform === 'Server';
    const returning = returningIn(plan, provenIds(entries));
    const found = await Promise.all([
      ...returning.map((one) => readOr(`the bundle of ${one.id}`, () => ofBundle(one, clients.bundles))),
      ofDeployments(group, plan, now, clients),
      ...(isServer ? [ofInstances(group, setup, plan, clients)] : []),
    ]);
    return {
      findings: [...ofWatching(name.group, setup), ...found.flat()],
      needs: needsOf(clients.arn, name, { tags: plan.tags, config: isServer ? setup.config : null }),
    };
  };
}

async function ofDeployments(
  { name: { group }, lastSuccessful }: Group,
  { deployment }: Plan,
  now: Instant,
  { codedeploy }: Pick<Clients, 'codedeploy'>,
): Promise<readonly Finding[]> {
  const [newest, last] = [deployment?.id, lastSuccessful?.id];
  const found = await Promise.all([
    newest === undefined
      ? []
      : readOr(`deployment ${newest}`, async () => {
          const { hasMoved = false } = (await codedeploy.deployment(newest)) ?? {};
          return ofOpen(group, deployment, hasMoved, now);
        }),
    last === undefined
      ? []
      : readOr(`deployment ${last}`, async () => ofMissed(group, await codedeploy.deployment(last))),
  ]);
  return found.flat();
}

async function ofInstances(
  group: Group,
  setup: Setup,
  { tags }: Plan,
  { codedeploy, targetGroups, groupSettings }: Clients,
): Promise<readonly Finding[]> {
  const name = group.name.group;
  const used = (await targetGroups.named(group.targetGroups)).filter(({ isUsed }) => isUsed);
  const found = await Promise.all([
    readOr(`the deployment configuration ${setup.config}`, async () =>
      ofConfig(name, setup, await codedeploy.minimumHealthy(setup.config)),
    ),
    ofDrains(
      used.map(({ arn }) => arn),
      groupSettings,
      (says, cure) => find('drain-none', says, cure),
    ),
  ]);
  return [...ofBlue(name, setup, readSettings(tags).soakMinutes), ...found.flat()];
}
