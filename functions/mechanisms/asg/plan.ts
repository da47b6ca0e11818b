import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { unusedNote } from '../../../src/aws/target-groups.ts';
import { supersededNote } from '../../../src/rollback/needless.ts';
import type { Plan, Tags } from '../../../src/rollback/plan.ts';
import { choose, type Choice } from './choice.ts';
import { memoOf, type Memo } from './memo.ts';
import type { Ec2 } from './ec2.ts';
import { canMove, parameterOf } from './image.ts';
import type { KnownVersions } from './known-versions.ts';
import { metersOf } from './meters.ts';
import { nothingToDo } from './nothing-to-do.ts';
import { namedRevision, revisionOf, type TemplateVersion } from './revision.ts';
import { rungsOf } from './rungs.ts';
import { isActive, isInService } from './status.ts';
import { hinderedBySuspension, suspensionNotes } from './suspended.ts';
import { survey, type Clients, type Survey } from './survey.ts';
import { watchOf } from './watch.ts';

export function planWith(clients: Clients, known: Pick<KnownVersions, 'keep'>): Mechanism<Memo>['plan'] {
  return async (rollback) => {
    const seen = await survey(rollback, clients);
    known.keep(seen.versions);
    const base = { at: clients.now(), ...present(seen) };
    const reason = nothingToDo(seen, rollback);
    if (reason !== null) return { ...base, state: 'nothing-to-do', reason };
    const stuck = stuckBecause(seen);
    if (stuck !== null) return { ...base, ...noWayBack(stuck) };
    // The tags of an image do not depend on the choice.
    const [choice, fromTags] = await Promise.all([choose(seen, clients.ec2), tagsAtFault(seen, clients.ec2)]);
    if (choice.to === null)
      return {
        ...base,
        ...noWayBack(cannotPutBack(rollback.request, choice.notes) ?? noWay(choice.notes, seen)),
      };
    const joins = seen.standing.state === 'rolling-back' && choice.ways[0] === 'native';
    return {
      ...base,
      ...readyPlan(choice, seen, rollback, fromTags),
      state: joins ? 'join' : 'ready',
    };
  };
}

/** Returns the facts about the group that every plan has. */
function present(seen: Survey): Omit<Extract<Plan, { reason: string }>, 'at' | 'state' | 'reason'> {
  const { group, targetGroups, recent, from, versions } = seen;
  const [deployment] = recent;
  const reads = readBy(seen);
  return {
    tags: group.tags,
    recent,
    meters: metersOf(group, targetGroups),
    ...(reads.length > 0 && { reads }),
    ...(deployment !== undefined && { deployment }),
    ...(isSettled(seen) && { runs: namedRevision(from, versions) }),
    ...nextOf(seen),
    ...(group.desired === 0 && { wantsNone: 'The desired capacity is 0' }),
  };
}

/** Returns the version that the group is set to, if no instance in service runs it. */
function nextOf({ standing, from, saved, versions }: Survey): Pick<Plan, 'next'> {
  return standing.state !== 'at-rest' || from === saved ? {} : { next: namedRevision(saved, versions) };
}

/** Returns the parameter from which the suspect takes its image. */
function readBy({ course: { suspect }, from, versions }: Survey): readonly string[] {
  const parameter = parameterOf(versions.get(suspect?.revision.id ?? from)?.image ?? '');
  return parameter === null ? [] : [parameter];
}

/** Returns whether no refresh is in flight, and the newest one left all instances on one version. */
function isSettled({ newest, standing, from, group }: Survey): boolean {
  const isOver = standing.state === 'went-back' || standing.state === 'at-rest';
  const isWhole = newest === null || newest.status === 'Successful' || standing.state === 'went-back';
  const others = group.instances.filter((one) => isInService(one) && one.revision !== from);
  return isOver && isWhole && others.length === 0;
}

function stuckBecause({ group }: Survey): string | null {
  const hindered = hinderedBySuspension(group);
  return hindered === null ? null : `${hindered.why}: run ${hindered.command}, and ask again`;
}

function noWay(notes: readonly string[], { from, versions }: Survey): string {
  const none = 'no other usable version is known that this group launched before';
  const why = noneFit('there is no last known good revision', notes, none);
  const image = versions.get(from)?.image ?? '';
  return canMove(image)
    ? `${why}; its image comes from the parameter ${parameterOf(image) ?? image}: set that back`
    : why;
}

function readyPlan(
  { to, goal, source, ways, doubt, notes }: Extract<Choice, { ways: unknown }>,
  seen: Survey,
  { request }: Plannable,
  fromTags: Tags,
) {
  const { group, targetGroups, newest, from, versions } = seen;
  const { suspect, isSuperseded } = seen.course;
  const { id, name } = revisionOf(to);
  return {
    source,
    from: namedRevision(from, versions),
    ...(isSuperseded && suspect !== null && { suspect: suspect.revision }),
    to: { id, name },
    fromTags,
    rungs: rungsOf(ways, name, goal.rootsKeeping !== undefined),
    inFlight: newest !== null && isActive(newest.status),
    watch: watchOf(group, targetGroups, newest, request),
    notes: [
      ...supersededNote(seen.course),
      ...neverLaunched(nextOf(seen)),
      ...unusedNote(targetGroups),
      ...suspensionNotes(group),
      ...notes,
    ],
    ...(doubt !== null && { doubt }),
    memo: memoOf(seen, goal),
  } satisfies Partial<Plan>;
}

/** Reads the tags of the revisions that are gone back from. */
async function tagsAtFault(seen: Survey, ec2: Ec2): Promise<Tags> {
  const { from, course } = seen;
  const { suspect, isSuperseded } = course;
  const others =
    isSuperseded && suspect !== null && suspect.revision.id !== from ? [suspect.revision.id] : [];
  return imageTags([from, ...others], seen, ec2);
}

/** Reads the tags of the images, because versions of launch templates have none. */
async function imageTags(ids: readonly string[], { versions }: Survey, ec2: Ec2): Promise<Tags> {
  const images = ids.flatMap((id) => imagesOf(versions.get(id))).filter((image) => image.startsWith('ami-'));
  const found = await Promise.all([...new Set(images)].map((image) => ec2.image(image)));
  return Object.assign({}, ...found.toReversed().map((image) => image?.tags)) as Tags;
}

function imagesOf(version: TemplateVersion | undefined): readonly string[] {
  if (version === undefined) return [];
  return version.images.length === 0 ? [version.image] : version.images;
}

function neverLaunched({ next }: Pick<Plan, 'next'>): readonly string[] {
  if (next === undefined) return [];
  return [
    `the group is set to ${next.name}, which no instance in service runs; to keep the running revision, request it`,
  ];
}
