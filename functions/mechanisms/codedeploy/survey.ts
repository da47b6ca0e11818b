import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import type { Deployment as Known, Tags } from '../../../src/rollback/plan.ts';
import type { CodeDeploy, Group } from './codedeploy.ts';
import { isOurs } from './description.ts';
import { releasesOf, type Release } from './releases.ts';
import { standingOf, type Standing } from './standing.ts';
import { stateOf } from './status.ts';
import { supported } from './supported.ts';
import { groupOf } from './target.ts';

/** Everything a plan is made from, read once. */
export interface Survey {
  readonly group: Group;
  readonly tags: Tags;
  readonly entries: readonly Entry[];
  /** Ids of the revisions that were at fault once. */
  readonly condemned: ReadonlySet<string>;
  /** Null: the group was never deployed to. */
  readonly rollout: Rollout | null;
}

export interface Rollout {
  /** Newest first. */
  readonly releases: readonly Release[];
  readonly standing: Standing;
  readonly deployment: Known;
}

interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** @throws UnsupportedTarget */
export async function survey({ request }: Claimed, { codedeploy, ledger, now }: Clients): Promise<Survey> {
  const name = groupOf(request.target);
  const [found, entries] = await Promise.all([codedeploy.group(name), ledger.entries(request.target)]);
  const group = supported(request.target, found);
  const [tags, deployments] = await Promise.all([codedeploy.tags(name), codedeploy.deployments(group)]);
  const [newest, ...older] = await releasesOf(codedeploy, group, deployments);
  const condemned = new Set(
    entries.flatMap((entry) => (entry.state === 'condemned' ? [entry.revision.id] : [])),
  );
  if (newest === undefined) return { group, tags, entries, condemned, rollout: null };
  const releases = [newest, ...older] as const;
  const standing = standingOf(releases, now());
  const rollout = { releases, standing, deployment: toKnown(standing) };
  return { group, tags, entries, condemned, rollout };
}

/** The deployment at fault as the document knows it. */
function toKnown({ state, atFault }: Standing): Known {
  const { id, createdAt, finishedAt, of, rollsBack, description } = atFault;
  return {
    id,
    state: state === 'rolling-back' ? 'rolling-back' : stateOf(atFault),
    startedAt: createdAt,
    ...(finishedAt !== null && { finishedAt }),
    revision: of,
    isRollback: rollsBack !== null || isOurs(description),
  };
}
