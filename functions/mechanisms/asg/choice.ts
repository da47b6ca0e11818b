import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import type { Group, Refresh } from './autoscaling.ts';
import type { Candidate, FoundIn } from './candidates.ts';
import type { Ec2 } from './ec2.ts';
import type { TemplateVersion } from './revision.ts';
import { canMove, parameterOf } from './image.ts';
import type { Survey } from './survey.ts';

/** The ways to a revision. native: RollbackInstanceRefresh brings it back; refresh: a new refresh deploys it. */
export type Way = 'native' | 'refresh';
export type Ways = readonly [Way, ...Way[]];

/** The revision to go back to, if there is one, and the candidates that were passed over. */
export type Choice =
  | {
      readonly to: TemplateVersion;
      readonly source: FoundIn;
      readonly ways: Ways;
      readonly notes: readonly string[];
    }
  | { readonly to: null; readonly notes: readonly string[] };

/** Takes the first candidate whose instances can be launched. */
export async function choose(seen: Survey, ec2: Ec2): Promise<Choice> {
  const says = ({ revision }: Candidate, why: string) => {
    const to = seen.versions.get(revision);
    return passedOver(to === undefined ? revision : `${to.name}:${to.version}`, why);
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
  const { reason, doubts } = await blockerOf(to, seen.versions.get(seen.from), ec2);
  if (reason !== null) return { blockers: [reason] };
  const { ways, notes } = waysTo(revision, seen);
  return { way: { to, source, ways }, notes: [...doubts, ...notes] };
}

interface Blocker {
  /** Null: there is no blocker. */
  readonly reason: string | null;
  readonly doubts: readonly string[];
}

/** Returns why instances of a version cannot be launched, or would be no different. */
async function blockerOf(to: TemplateVersion, from: TemplateVersion | undefined, ec2: Ec2): Promise<Blocker> {
  const { image } = to;
  if (canMove(image)) return fromParameter(to, from);
  if (!image.startsWith('ami-'))
    return { reason: null, doubts: [`its image is ${image}, which was not checked`] };
  const found = await ec2.image(image);
  if (found === null) return { reason: `its image ${image} was deregistered`, doubts: [] };
  return { reason: found.isAvailable ? null : `its image ${image} is not available`, doubts: [] };
}

/**
 * Examines an image from a parameter, which names one image at a time: all versions that use it launch the same image.
 */
function fromParameter({ image, fingerprint }: TemplateVersion, from: TemplateVersion | undefined): Blocker {
  const parameter = parameterOf(image) ?? image;
  if (from?.fingerprint === fingerprint)
    return { reason: `going back to it would change nothing: ${sameAs(from)} ${parameter}`, doubts: [] };
  if (from?.image === image)
    return {
      reason: null,
      doubts: [`the image stays: both versions take it from the parameter ${parameter}`],
    };
  return {
    reason: null,
    doubts: [`its image is the one that the parameter ${parameter} names now; it was not checked`],
  };
}

function sameAs({ name, version }: TemplateVersion): string {
  return `it equals ${name}:${version}, and both take their image from the parameter`;
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
