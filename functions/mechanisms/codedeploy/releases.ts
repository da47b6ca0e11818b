import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Revision } from '../../../src/rollback/plan.ts';
import { readShift, versionOf, type Shift } from './app-spec.ts';
import type { CodeDeploy, Deployment, Group } from './codedeploy.ts';
import { revisionAt } from './revision-id.ts';

/** A deployment with its revision. */
export interface Release extends Deployment {
  readonly of: Revision;
  /** On Lambda: the shift. */
  readonly shift: Shift | null;
}

/** Limits the AppSpecs that are read. */
const MAX_DEPLOYMENTS_READ = 12;

/**
 * Reads the revision of each deployment. On Lambda the AppSpec contains it; deployments beyond the limit are dropped.
 */
export async function releasesOf(
  codedeploy: Pick<CodeDeploy, 'revisions'>,
  { name, platform }: Pick<Group, 'name' | 'platform'>,
  deployments: readonly Deployment[],
): Promise<readonly Release[]> {
  if (platform !== 'Lambda')
    return deployments.map((deployment) => ({ ...deployment, of: locate(deployment), shift: null }));
  const read = deployments.slice(0, MAX_DEPLOYMENTS_READ);
  const revisions = await codedeploy.revisions(
    name.application,
    read.map(({ revision }) => revision),
  );
  return read.map((deployment, at) => shifted(deployment, revisions[at] ?? null));
}

function locate({ revision, id }: Deployment): Revision {
  return revisionAt(revision) ?? unknown(id);
}

/** Reads the shift. Without a readable AppSpec (it is gone, or on S3), the deployment's id identifies the revision. */
function shifted(deployment: Deployment, revision: RevisionLocation | null): Release {
  const shift = revision === null ? null : readShift(revision);
  const of = shift === null ? unknown(deployment.id) : versionOf(shift.functionName, shift.target);
  return { ...deployment, of, shift };
}

function unknown(id: string): Revision {
  return { id: `deployment:${id}`, name: `what ${id} deployed` };
}
