import { condemnedIds } from '../../../src/ledger/among.ts';
import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import { courseOf, type Course } from '../../../src/rollback/course.ts';
import type { Deployment as Known, Tags } from '../../../src/rollback/plan.ts';
import type { CodeDeploy, Group } from './codedeploy.ts';
import { asConfigured } from './own-configs.ts';
import { recentOf } from './recent.ts';
import { releasesOf, type Release } from './releases.ts';
import { standingOf, type Standing } from './standing.ts';
import { supported } from './supported.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { TargetGroups } from './target-groups.ts';
import { groupOf } from '../../../src/targets/kinds/codedeploy/target.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly group: Group;
  readonly tags: Tags;
  /** The target groups of the group's instances. */
  readonly targetGroups: readonly TargetGroup[];
  readonly entries: readonly Entry[];
  /** Ids of the revisions that were ever condemned. */
  readonly condemned: ReadonlySet<string>;
  /** Null: no deployment to the group exists. */
  readonly rollout: Rollout | null;
}

export interface Rollout {
  /** Newest first. */
  readonly releases: readonly Release[];
  readonly standing: Standing;
  /** The deployment at fault, by the group's standing. */
  readonly deployment: Known;
  /** Newest first. */
  readonly recent: readonly Known[];
  readonly course: Course;
}

interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly targetGroups: TargetGroups;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** @throws UnsupportedTarget */
export async function survey(
  rollback: Plannable,
  { codedeploy, targetGroups, ledger, now }: Clients,
): Promise<Survey> {
  const { target } = rollback.request;
  const name = groupOf(target);
  const [found, entries] = await Promise.all([codedeploy.group(name), ledger.entries(target)]);
  const group = supported(target, found);
  const [tags, deployments, behind] = await Promise.all([
    codedeploy.tags(name),
    codedeploy.deployments(group),
    targetGroups.named(group.targetGroups),
  ]);
  const configured = await asConfigured(codedeploy, deployments);
  const [newest, ...older] = await releasesOf(codedeploy, group, configured);
  const condemned = condemnedIds(entries);
  const rollout = newest === undefined ? null : rolloutOf(rollback, [newest, ...older], entries, now());
  return { group, tags, targetGroups: behind, entries, condemned, rollout };
}

function rolloutOf(
  rollback: Plannable,
  releases: readonly [Release, ...Release[]],
  entries: readonly Entry[],
  now: Instant,
): Rollout {
  const standing = standingOf(releases, now);
  const recent = recentOf(releases, standing, entries);
  const [first] = recent;
  const deployment = recent.find(({ id }) => id === standing.atFault.id) ?? first;
  return { releases, standing, deployment, recent, course: courseOf(rollback, recent) };
}
