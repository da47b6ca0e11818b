import { condemnedIds } from '../../../src/ledger/among.ts';
import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { courseOf, type Course } from '../../../src/rollback/course.ts';
import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import { InvalidRequest, UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { AutoScaling, Group, Refresh } from './autoscaling.ts';
import { candidatesOf, lastProvenIn, MAX_MENTIONED, type Candidate } from './candidates.ts';
import { fromOf } from './from.ts';
import type { Ec2, Launch } from './ec2.ts';
import { type TemplateVersion, idOf, isNumbered, placed, revisionOf, withImages } from './revision.ts';
import { historyOf } from './history.ts';
import { launchesIn } from './launches.ts';
import { standingOf, type Standing } from './standing.ts';
import type { TargetGroups } from './target-groups.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';
import {
  type LaunchTemplateRef,
  launchTemplateRefOf,
} from '../../../src/targets/kinds/asg/launch-template.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly group: Group;
  readonly targetGroups: readonly TargetGroup[];
  readonly refreshes: readonly Refresh[];
  readonly newest: Refresh | null;
  readonly standing: Standing;
  /** Id of the group's own version. */
  readonly saved: string;
  /** Newest first. */
  readonly recent: readonly Deployment[];
  readonly course: Course;
  /** Id of the revision to go back from. */
  readonly from: string;
  readonly candidates: readonly Candidate[];
  /** By the ids of revisions, without those that EC2 no longer knows. */
  readonly versions: ReadonlyMap<string, TemplateVersion>;
  /** Of present instances and of those that ended lately. */
  readonly launches: readonly Launch[];
  readonly entries: readonly Entry[];
  readonly condemned: ReadonlySet<string>;
}

export interface Clients {
  readonly autoscaling: AutoScaling;
  readonly ec2: Ec2;
  readonly targetGroups: TargetGroups;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** @throws UnsupportedTarget, InvalidRequest */
export async function survey(
  rollback: Plannable,
  { autoscaling, ec2, targetGroups: balancers, ledger, now }: Clients,
): Promise<Survey> {
  const { request } = rollback;
  const name = groupOf(request.target);
  const { group: shownGroup, choice } = supported(request.target, await autoscaling.group(name));
  const [refreshes, entries, saved, targetGroups, shown] = await Promise.all([
    autoscaling.refreshes(name),
    ledger.entries(request.target),
    resolve(choice, ec2),
    balancers.of(shownGroup.targetGroups),
    ec2.launches(name),
  ]);
  const at = now();
  const newest = refreshes[0] ?? null;
  const desired = newest?.desired ? await resolve(newest.desired, ec2) : null;
  const ids = [
    saved,
    ...(desired === null ? [] : [desired]),
    ...deployedIds(refreshes),
    ...ledgerIds(entries),
  ];
  const group = { ...shownGroup, instances: placed(shownGroup.instances, ids) };
  const launches = launchesIn(shown, shownGroup, { refreshes, ids }, at);
  const versions = await describe(ec2, [
    saved,
    ...(desired === null ? [] : [desired]),
    ...(request.revision === undefined ? [] : [request.revision]),
    ...mentioned(group, launches, refreshes, entries),
  ]);
  if (!versions.has(saved))
    throw new UnsupportedTarget(`${request.target}: its launch template ${idOf(choice)} is gone`);
  if (request.revision !== undefined) checkRequested(request.revision, versions);
  const recent = historyOf({ refreshes, group, saved, desired, versions, launches }, entries, at);
  const standing = standingOf(newest, saved, group, desired, request.revision);
  const course = courseOf(rollback, recent);
  const from = request.revision === undefined ? fromOf(course, standing) : standing.from;
  const known = { group, refreshes, saved, recent, versions, launches, entries };
  const candidates: readonly Candidate[] =
    request.revision === undefined
      ? candidatesOf(known, course)
      : [{ revision: request.revision, source: 'request' }];
  return {
    ...known,
    targetGroups,
    newest,
    standing,
    course,
    from,
    candidates,
    condemned: condemnedIds(entries),
  };
}

/**
 * Returns a group that exists, is not being deleted, and launches one version of one template. @throws
 * UnsupportedTarget
 */
function supported(
  target: string,
  group: Group | null,
): { readonly group: Group; readonly choice: LaunchTemplateRef } {
  if (group === null) throw new UnsupportedTarget(`${target}: there is no such Auto Scaling group`);
  if (group.isLeaving) throw new UnsupportedTarget(`${target}: the group is being deleted`);
  if (group.unsupported !== null || group.saved === null)
    throw new UnsupportedTarget(`${target}: ${group.unsupported ?? 'it has no launch template'}`);
  return { group, choice: group.saved };
}

/** Returns the id with the number behind `$Latest` or `$Default`. */
async function resolve(choice: LaunchTemplateRef, ec2: Ec2): Promise<string> {
  const found = isNumbered(choice) ? null : await ec2.version(choice);
  return found === null ? idOf(choice) : revisionOf(found).id;
}

/** Lists the ids of the revisions of instances, refreshes and ledger entries. */
function mentioned(
  group: Group,
  launches: readonly Launch[],
  refreshes: readonly Refresh[],
  entries: readonly Entry[],
): readonly string[] {
  const launched = [...group.instances, ...launches].flatMap(({ revision }) => revision ?? []);
  return [launched, deployedIds(refreshes), lastProvenIn(entries), [...condemnedIds(entries)]].flatMap(
    (ids) => [...new Set(ids)].slice(0, MAX_MENTIONED),
  );
}

/** Returns the ids of what refreshes were to deploy, newest first. */
function deployedIds(refreshes: readonly Refresh[]): readonly string[] {
  return refreshes.flatMap(({ desired }) => (desired === null ? [] : [idOf(desired)]));
}

/** Returns the ids of the revisions that the ledger has proven or condemned. */
function ledgerIds(entries: readonly Entry[]): readonly string[] {
  return [...lastProvenIn(entries), ...condemnedIds(entries)];
}

/** Reads all versions of one template in one call. */
async function describe(ec2: Ec2, ids: readonly string[]): Promise<ReadonlyMap<string, TemplateVersion>> {
  const choices = [...new Set(ids)].flatMap((id) => launchTemplateRefOf(id) ?? []);
  const templates = Map.groupBy(choices, ({ template }) => template);
  const found = await Promise.all(
    [...templates].map(([template, of]) =>
      ec2.versions(template, [...new Set(of.map(({ version }) => version))]),
    ),
  );
  const versions = new Map(found.flat().map((version) => [revisionOf(version).id, version]));
  return new Map(
    choices.flatMap((choice) => {
      const version = versions.get(idOf({ template: choice.template, version: choice.version }));
      return version === undefined ? [] : [[idOf(choice), withImages(version, choice.images)]];
    }),
  );
}

function checkRequested(revision: string, versions: ReadonlyMap<string, TemplateVersion>): void {
  if (launchTemplateRefOf(revision) === null)
    throw new InvalidRequest(
      'request.revision',
      `${JSON.stringify(revision)} must be a launch template and a number: lt-0a1b2c3d4e5f60718/7, with the images of instance types after an @`,
    );
  if (!versions.has(revision))
    throw new InvalidRequest('request.revision', `EC2 knows no launch template version ${revision}`);
}
