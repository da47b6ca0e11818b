import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Revision } from '../../../src/rollback/plan.ts';
import { readVersion, writeShift, type Shift } from './app-spec.ts';
import type { Bundles, Found } from './bundles.ts';
import type { CodeDeploy, Redeployment } from './codedeploy.ts';
import { locationOf } from './revision-id.ts';
import type { Rollout, Survey } from './survey.ts';

export type Redeployable =
  | (Redeployment & { readonly notes: readonly string[] })
  /** `isGone`: its bundle no longer exists, so no deployment can install it. */
  | { readonly blocker: string; readonly isGone?: true };

export interface Readers {
  readonly codedeploy: Pick<CodeDeploy, 'revision'>;
  readonly bundles: Bundles;
}

/** Returns how a revision is deployed again, or why it cannot be. */
export async function redeploymentOf(
  to: Revision,
  survey: Survey,
  rollout: Rollout,
  readers: Readers,
): Promise<Redeployable> {
  return survey.group.platform === 'Lambda'
    ? toAlias(to, rollout)
    : toInstances(to, survey, rollout, readers);
}

/** Shifts all traffic at once: the version has served before, and a canary would delay recovery. */
const AT_ONCE = 'CodeDeployDefault.LambdaAllAtOnce';

function toAlias(to: Revision, { standing: { atFault, state } }: Rollout): Redeployable {
  const { shift } = atFault;
  if (shift === null) return { blocker: `CodeDeploy no longer shows the AppSpec of ${atFault.id}` };
  const version = readVersion(to.id, shift.functionName);
  if (version === null) return { blocker: `it is not a version of ${shift.functionName}` };
  const current = atFault.status === 'Succeeded' ? shift.target : shift.current;
  if (version === current) return { blocker: inBetween(shift, state === 'at-rest') };
  const revision = writeShift({ ...shift, current, target: version });
  return { revision, config: AT_ONCE, instances: null, isServer: false, notes: [] };
}

/**
 * Returns why nothing is to shift: an alias that still names the good version only needs its weights cleared.
 * CodeDeploy cannot do that.
 */
function inBetween({ functionName, alias }: Shift, isStuck: boolean): string {
  const target = `lambda:${functionName}/${alias}`;
  return isStuck
    ? `the alias still points to it, with weights left over; roll back ${target} instead`
    : 'the alias still points to it';
}

async function toInstances(
  to: Revision,
  { group }: Survey,
  { releases }: Rollout,
  { codedeploy, bundles }: Readers,
): Promise<Redeployable> {
  const revision = locationOf(to.id);
  if (revision === null) return { blocker: 'the location of its bundle is unknown' };
  const overwritten = releases.find(({ of }) => isOverwrittenBy(to.id, of.id));
  if (overwritten !== undefined)
    return { blocker: `its bundle was overwritten by that of ${overwritten.id}` };
  // One that it deployed is known: no call of CodeDeploy removes a revision.
  const isKnown = releases.some(({ of }) => of.id === to.id);
  if (!isKnown && (await codedeploy.revision(group.name.application, revision)) === null)
    return { blocker: 'CodeDeploy no longer knows it' };
  const instances = releases.find(({ of }) => of.id === to.id)?.instances ?? null;
  if (group.discoversInstances && instances === null)
    return { blocker: 'it is unknown to which instances it was deployed' };
  const found = await look(revision, bundles);
  if (found.state === 'gone') return { blocker: found.reason, isGone: true };
  const notes =
    found.state === 'there' ? [] : [`it is unknown whether ${to.name} can still be fetched: ${found.reason}`];
  return { revision, config: null, instances, isServer: true, notes };
}

/** Checks a bundle. CodeDeploy itself does not: its agents fetch the bundle, and each fails if it is gone. */
async function look({ s3Location, gitHubLocation }: RevisionLocation, bundles: Bundles): Promise<Found> {
  if (s3Location !== undefined) return bundles.look(s3Location);
  const where = gitHubLocation?.repository ?? 'elsewhere';
  return { state: 'not-known', reason: `it is on GitHub, in ${where}, which Lastgood does not read` };
}

/** Returns whether another revision has the same bucket and key, other content, and no version kept by S3. */
function isOverwrittenBy(id: string, other: string): boolean {
  const [key, query = ''] = id.split('?');
  return id !== other && other.split('?')[0] === key && !query.includes('version=');
}
