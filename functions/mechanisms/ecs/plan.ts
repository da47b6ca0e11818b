import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Controller } from './controllers.ts';
import { choose, nativeFirst, type Choice } from './choice.ts';
import { detailsOf } from './details.ts';
import { nameOf, type Ecs } from './ecs.ts';
import { hindrancesOf } from './hindrances.ts';
import type { Registry } from './images.ts';
import { toRevision, unknownRevision } from './revisions.ts';
import { rungsOf } from './rungs.ts';
import { survey, type Rollout, type Survey } from './survey.ts';
import { targetGroupsAfter, watchOf } from './watch.ts';

export interface Clients {
  readonly ecs: Ecs;
  readonly registry: Registry;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

export function planWith(clients: Clients): Controller['plan'] {
  return async (rollback, service) => {
    const seen = await survey(rollback, service, clients);
    const base = { at: clients.now(), tags: seen.service.tags };
    if (seen.rollout === null) {
      return { ...base, state: 'no-way-back', reason: 'ECS remembers no deployment of this service' };
    }
    const { deployment, standing, revisions } = seen.rollout;
    const runs = standing.state === 'went-back' ? { runs: toRevision(standing.from, revisions) } : {};
    const told = { ...base, ...runs, deployment };
    const reason = nothingToDo(seen, seen.rollout, rollback);
    if (reason !== null) return { ...told, state: 'nothing-to-do', reason };
    const joined = joins(seen, seen.rollout, rollback);
    const choice =
      joined === null
        ? await chosen(seen, seen.rollout, clients)
        : await joining(joined, seen, seen.rollout, clients);
    if (choice.to === null) return { ...told, state: 'no-way-back', reason: noWay(choice.notes) };
    return {
      ...told,
      ...(await wayBack(choice, seen, seen.rollout, rollback, clients)),
      state: joined === null ? 'ready' : 'join',
    };
  };
}

function nothingToDo(
  { condemned }: Survey,
  { standing, revisions }: Rollout,
  { request }: Claimed,
): string | null {
  const { from, state } = standing;
  const { name } = toRevision(from, revisions);
  if (request.revision === from && state !== 'rolling-back')
    return `${name} is what ${state === 'rolling-out' ? 'is being rolled out' : 'runs'}`;
  if (state !== 'went-back' || request.revision !== undefined || condemned.has(from)) return null;
  return `ECS already rolled the newest deployment back to ${name}`;
}

/** The revision that ECS goes back to by itself, where that is where we want to go; else null. */
function joins({ condemned }: Survey, { standing }: Rollout, { request }: Claimed): string | null {
  const { state, native } = standing;
  if (state !== 'rolling-back' || native === null) return null;
  const wanted = request.revision ?? (condemned.has(native) ? null : native);
  return wanted === native ? native : null;
}

async function joining(
  id: string,
  { proven }: Survey,
  { revisions, candidates, atFault }: Rollout,
  clients: Clients,
): Promise<Choice> {
  const to = revisions.get(id) ?? unknownRevision(id);
  const source =
    candidates.find(({ revision }) => revision === id)?.source ?? (proven.has(id) ? 'ledger' : 'deployments');
  return { to, source, ...nativeFirst(await hindrancesOf(to, atFault, clients)) };
}

async function chosen({ service, condemned }: Survey, rollout: Rollout, clients: Clients): Promise<Choice> {
  const { newest, standing, revisions } = rollout;
  const source = newest.sources.find(({ revision }) => revision === standing.native);
  const native =
    standing.state === 'rolling-out' && source !== undefined
      ? { revision: source.revision, isWhole: source.running >= service.desired }
      : null;
  const choice = await choose({ ...rollout, native }, clients);
  if (standing.state !== 'rolling-back' || standing.native === null || !condemned.has(standing.native))
    return choice;
  const refused = `ECS is rolling back to ${toRevision(standing.native, revisions).name}, which was condemned: not joined`;
  return { ...choice, notes: [refused, ...choice.notes] };
}

function noWay(notes: readonly string[]): string {
  return notes.length === 0
    ? 'there is no last known good revision: no earlier deployment of this service succeeded'
    : `there is no last known good revision that could be put back: ${notes.join('; ')}`;
}

async function wayBack(
  { to, source, ways, notes }: Extract<Choice, { ways: unknown }>,
  { name, service, condemned }: Survey,
  { newest, atFault, revisions, deployment }: Rollout,
  { request }: Claimed,
  { ecs }: Clients,
) {
  const { taskDefinition } = atFault.configuration;
  const known = new Map([...revisions, [to.arn, to]]);
  return {
    deployment,
    source,
    // Back under another id, it is what was condemned: by that id the judge knows it, and Report marks it.
    from: { ...toRevision(atFault.arn, known), id: condemned.get(atFault.arn) ?? atFault.arn },
    to: toRevision(to.arn, known),
    fromTags: taskDefinition === '' ? {} : (await ecs.taskDefinition(taskDefinition)).tags,
    rungs: rungsOf(ways, nameOf(to.configuration.taskDefinition), service.bakeSeconds),
    watch: watchOf(name, service, targetGroupsAfter(ways.includes('native'), to, atFault), request),
    notes,
    details: detailsOf(newest, atFault, to),
  } satisfies Partial<Plan>;
}
