import type { Claimed } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import { choose, type Choice } from './choice.ts';
import { detailsOf } from './details.ts';
import type { Ec2 } from './ec2.ts';
import { namedRevision, revisionOf } from './revision.ts';
import { toDeployment } from './rollout.ts';
import { rungsOf } from './rungs.ts';
import { survey, type Clients, type Survey } from './survey.ts';
import { watchOf } from './watch.ts';

export function planWith(clients: Clients): Mechanism['plan'] {
  return async (rollback) => {
    const seen = await survey(rollback, clients);
    const at = clients.now();
    const deployment = toDeployment(seen, at);
    const base = {
      at,
      tags: seen.group.tags,
      ...(deployment !== null && { deployment }),
      ...(isSettled(seen) && { runs: namedRevision(seen.standing.from, seen.versions) }),
    };
    const reason = nothingToDo(seen, rollback);
    if (reason !== null) return { ...base, state: 'nothing-to-do', reason };
    const stuck = stuckBecause(seen);
    if (stuck !== null) return { ...base, state: 'no-way-back', reason: stuck };
    const choice = await choose(seen, clients.ec2);
    if (choice.to === null) return { ...base, state: 'no-way-back', reason: noWay(choice.notes) };
    const joins = seen.standing.state === 'rolling-back' && choice.ways[0] === 'native';
    return {
      ...base,
      ...(await wayBack(choice, seen, rollback, clients.ec2)),
      state: joins ? 'join' : 'ready',
    };
  };
}

/** Nothing is under way, and the newest refresh left no mixture behind. */
function isSettled({ newest, standing }: Survey): boolean {
  if (standing.state === 'went-back' || newest === null) return true;
  return standing.state === 'at-rest' && newest.status === 'Successful';
}

function nothingToDo({ standing, versions, condemned }: Survey, { request }: Claimed): string | null {
  const { from, state } = standing;
  const { name } = namedRevision(from, versions);
  if (request.revision === from && state !== 'rolling-back')
    return `${name} is what ${state === 'rolling-out' ? 'is being rolled out' : 'runs'}`;
  if (state !== 'went-back' || request.revision !== undefined || condemned.has(from)) return null;
  return `Auto Scaling already rolled the newest instance refresh back to ${name}`;
}

const NEEDED = ['Launch', 'Terminate', 'InstanceRefresh'];

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html */
function stuckBecause({ group }: Survey): string | null {
  const suspended = NEEDED.filter((process) => group.suspended.includes(process));
  if (suspended.length === 0) return null;
  return `the group cannot replace instances: somebody suspended ${suspended.join(' and ')}; resume that and ask again`;
}

function neverLaunched({ standing: { state, from }, saved, versions }: Survey): readonly string[] {
  if (state !== 'at-rest' || from === saved) return [];
  const { name } = namedRevision(saved, versions);
  return [
    `the group says ${name}, which no instance in service runs; to keep what runs, ask for that revision`,
  ];
}

function noWay(notes: readonly string[]): string {
  return notes.length === 0
    ? 'there is no last known good revision: what this group launched before is not known'
    : `there is no last known good revision that could be put back: ${notes.join('; ')}`;
}

async function wayBack(
  { to, source, ways, notes }: Extract<Choice, { ways: unknown }>,
  seen: Survey,
  { request }: Claimed,
  ec2: Ec2,
) {
  const { group, newest, standing, versions } = seen;
  const image = versions.get(standing.from)?.image ?? '';
  const known = image.startsWith('ami-') ? await ec2.image(image) : null;
  const { id, name } = revisionOf(to);
  return {
    source,
    from: namedRevision(standing.from, versions),
    to: { id, name },
    // Versions of launch templates have no tags; the images that they launch do.
    fromTags: known?.tags ?? {},
    rungs: rungsOf(ways, name),
    watch: watchOf(group, newest, request),
    notes: [...neverLaunched(seen), ...notes],
    details: detailsOf(seen, to),
  } satisfies Partial<Plan>;
}
