import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import { InvalidRequest, UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { AutoScaling, Choice, Group, Refresh } from './autoscaling.ts';
import { candidatesOf, condemnedIn, type Candidate } from './candidates.ts';
import type { Ec2, TemplateVersion } from './ec2.ts';
import { choiceOf, idOf, revisionOf } from './revision.ts';
import { standingOf, type Standing } from './standing.ts';
import { groupOf } from './target.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly group: Group;
  readonly refreshes: readonly Refresh[];
  readonly newest: Refresh | null;
  readonly standing: Standing;
  /** Id of what the group itself says. */
  readonly saved: string;
  readonly candidates: readonly Candidate[];
  /** By the ids of revisions; what EC2 no longer knows is not in it. */
  readonly versions: ReadonlyMap<string, TemplateVersion>;
  readonly entries: readonly Entry[];
  readonly condemned: ReadonlySet<string>;
}

export interface Clients {
  readonly autoscaling: AutoScaling;
  readonly ec2: Ec2;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** @throws UnsupportedTarget, InvalidRequest */
export async function survey({ request }: Claimed, { autoscaling, ec2, ledger }: Clients): Promise<Survey> {
  const name = groupOf(request.target);
  const { group, choice } = supported(request.target, await autoscaling.group(name));
  const [refreshes, entries, current] = await Promise.all([
    autoscaling.refreshes(name),
    ledger.entries(request.target),
    ec2.version(choice),
  ]);
  if (current === null)
    throw new UnsupportedTarget(`${request.target}: its launch template ${idOf(choice)} is gone`);
  const newest = refreshes[0] ?? null;
  const saved = revisionOf(current).id;
  const desired = newest?.desired ? await resolve(newest.desired, ec2) : null;
  const standing = standingOf(newest, saved, group, desired, request.revision);
  const candidates = candidatesOf({ request, entries, refreshes, group, standing, saved });
  const versions = await describe(ec2, [saved, standing.from, ...candidates.map(({ revision }) => revision)]);
  if (request.revision !== undefined) checkRequested(request.revision, versions);
  const condemned = condemnedIn(entries);
  return { group, refreshes, newest, standing, saved, candidates, versions, entries, condemned };
}

/** A group that is there, staying, and launches one version of one launch template. @throws UnsupportedTarget */
function supported(target: string, group: Group | null): { readonly group: Group; readonly choice: Choice } {
  if (group === null) throw new UnsupportedTarget(`${target}: there is no such Auto Scaling group`);
  if (group.isLeaving) throw new UnsupportedTarget(`${target}: the group is being deleted`);
  if (group.unsupported !== null || group.saved === null)
    throw new UnsupportedTarget(`${target}: ${group.unsupported ?? 'it has no launch template'}`);
  return { group, choice: group.saved };
}

/** The id with the number behind `$Latest` or `$Default`. */
async function resolve(choice: Choice, ec2: Ec2): Promise<string> {
  const found = choiceOf(idOf(choice)) === null ? await ec2.version(choice) : null;
  return found === null ? idOf(choice) : revisionOf(found).id;
}

async function describe(ec2: Ec2, ids: readonly string[]): Promise<ReadonlyMap<string, TemplateVersion>> {
  const choices = [...new Set(ids)].flatMap((id) => choiceOf(id) ?? []);
  const found = await Promise.all(choices.map((choice) => ec2.version(choice)));
  return new Map(found.flatMap((version) => (version === null ? [] : [[revisionOf(version).id, version]])));
}

function checkRequested(revision: string, versions: ReadonlyMap<string, TemplateVersion>): void {
  if (choiceOf(revision) === null)
    throw new InvalidRequest(
      'request.revision',
      `${JSON.stringify(revision)} must be a launch template and a number: lt-0a1b2c3d4e5f60718/7`,
    );
  if (!versions.has(revision))
    throw new InvalidRequest('request.revision', `EC2 knows no launch template version ${revision}`);
}
