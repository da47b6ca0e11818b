import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import type { Goal, Group, Refresh } from './autoscaling.ts';
import type { Candidate, FoundIn } from './candidates.ts';
import type { Ec2 } from './ec2.ts';
import { goalFor } from './goal.ts';
import { revisionOf, type TemplateVersion } from './revision.ts';
import { canMove } from './image.ts';
import { examineParameter, type Examination } from './parameter-image.ts';
import type { Survey } from './survey.ts';

/** The ways to a revision. native: RollbackInstanceRefresh brings it back; refresh: a new refresh deploys it. */
export type Way = 'native' | 'refresh';
export type Ways = readonly [Way, ...Way[]];

/** The revision to go back to, if there is one, and the candidates that were passed over. */
export type Choice =
  | {
      readonly to: TemplateVersion;
      readonly goal: Goal;
      readonly source: FoundIn;
      readonly ways: Ways;
      /** Why a person must decide; null: nothing does. */
      readonly doubt: string | null;
      readonly notes: readonly string[];
    }
  | { readonly to: null; readonly notes: readonly string[] };

/** Takes the first candidate whose instances can be launched. */
export async function choose(seen: Survey, ec2: Ec2): Promise<Choice> {
  const says = ({ revision }: Candidate, why: string) => {
    const to = seen.versions.get(revision);
    return passedOver(to === undefined ? revision : revisionOf(to).name, why);
  };
  const { way, notes } = await firstWay(seen.candidates, says, (one) => examine(one, seen, ec2));
  return way === null ? { to: null, notes } : { ...way, notes };
}

async function examine(
  { revision, source }: Candidate,
  seen: Survey,
  ec2: Ec2,
): Promise<Examined<Omit<Extract<Choice, { ways: Ways }>, 'notes'>>> {
  const to = seen.versions.get(revision);
  if (to === undefined) return { blockers: ['EC2 no longer knows that launch template version'] };
  const { reason, doubts, asks } = await examineImage(to, seen, ec2);
  if (reason !== null) return { blockers: [reason] };
  const found = await goalFor(to, seen, ec2);
  if ('reason' in found) return { blockers: [found.reason] };
  const { ways, notes } = waysTo(revision, seen);
  return { way: { to, goal: found.goal, source, ways, doubt: asks }, notes: [...doubts, ...notes] };
}

/** Returns why instances of a version cannot be launched, or would be no different. */
async function examineImage(to: TemplateVersion, seen: Survey, ec2: Ec2): Promise<Examination> {
  const { image } = to;
  const now = image.startsWith('ami-')
    ? image
    : await ec2.launchesNow({ template: to.id, version: to.version });
  const examined = canMove(image)
    ? examineParameter(to, seen.versions.get(seen.from), now, seen.launches)
    : {
        reason: null,
        doubts: now === null ? [`its image is ${image}, which was not checked`] : [],
        asks: null,
      };
  if (examined.reason !== null || now === null) return examined;
  const missing = await Promise.all(
    (to.images.length === 0 ? [now] : to.images).map((id) => missingImage(id, ec2)),
  );
  return { ...examined, reason: missing.find((reason) => reason !== null) ?? null };
}

async function missingImage(id: string, ec2: Ec2): Promise<string | null> {
  const found = await ec2.image(id);
  if (found === null) return `its image ${id} was deregistered`;
  return found.isAvailable ? null : `its image ${id} is not available`;
}

function waysTo(
  revision: string,
  { standing, newest, group, from }: Survey,
): { readonly ways: Ways; readonly notes: readonly string[] } {
  const notes = aboutInstances(group, from);
  if (standing.awsGoesTo !== revision || newest === null) return { ways: ['refresh'], notes };
  const held = heldBy(newest, group, from);
  if (held === null) return { ways: ['native', 'refresh'], notes };
  return { ways: ['refresh'], notes: [`AWS's own rollback would wait up to an hour: ${held}`, ...notes] };
}

/**
 * Returns which instances would delay a rollback. It uses the preferences of its refresh, which wait for an operator by
 * default.
 */
function heldBy({ waitsFor }: Refresh, { instances }: Group, from: string): string | null {
  const held = instances.filter(
    ({ revision, isProtected, lifecycle }) =>
      revision === from &&
      ((isProtected && waitsFor.isProtected) || (lifecycle === 'Standby' && waitsFor.isStandby)),
  );
  return held.length === 0
    ? null
    : `${held.map(({ id }) => id).join(', ')} must first lose protection or leave standby`;
}

function aboutInstances({ instances, saved }: Group, from: string): readonly string[] {
  const atFault = instances.filter(({ revision }) => revision === from);
  const inStandby = atFault.filter(({ lifecycle }) => lifecycle === 'Standby');
  const followed = saved?.version.startsWith('$') === true ? saved.version : null;
  return [
    ...inStandby.map(
      ({ id }) => `${id} stays in standby on the bad version: end it, do not return it to service`,
    ),
    ...(followed === null
      ? []
      : [`the group followed ${followed}, which is the bad version: the rollback sets a numbered version`]),
  ];
}
