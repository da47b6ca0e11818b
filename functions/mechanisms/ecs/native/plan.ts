import { noWayBack } from '../../../../src/rollback/no-way-back.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import { supersededNote } from '../../../../src/rollback/needless.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Controller } from '../controller.ts';
import { choose, nativeFirst, type Choice } from '../choice.ts';
import { needless, noWayFrom, withoutWay } from '../blame.ts';
import { remembering } from '../content.ts';
import { memoOf, type Memo } from './memo.ts';
import { nameOf, type Ecs, type ServiceRevision, type TaskDefinition } from '../ecs.ts';
import { blockerOf } from '../blockers.ts';
import type { Registry } from '../images.ts';
import { toRevision, unknownRevision } from '../revisions.ts';
import { rungsOf } from '../rungs.ts';
import { survey, type Rollout, type Survey } from './survey.ts';
import { emptyNote, targetGroupsAfter, watchOf } from '../watch.ts';

export interface Clients {
  readonly ecs: Ecs;
  readonly registry: Registry;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

interface Reads {
  readonly ecs: Pick<Ecs, 'taskDefinition'>;
  readonly registry: Registry;
}

export function planWith(clients: Clients): Controller<Memo>['plan'] {
  return async (rollback, service) => {
    const definitions = remembering(clients.ecs);
    const seen = await survey(rollback, service, { ...clients, definitions });
    const base = { at: clients.now(), tags: seen.service.tags };
    if (seen.rollout === null) {
      return { ...base, ...noWayBack('ECS remembers no deployment of this service') };
    }
    return planFrom(seen, seen.rollout, base, rollback, { ...clients, ecs: definitions });
  };
}

async function planFrom(
  seen: Survey,
  rollout: Rollout,
  base: Pick<Plan, 'at' | 'tags'>,
  rollback: Plannable,
  clients: Reads,
): Promise<Plan<Memo>> {
  const { recent, meters } = rollout;
  const facts = { ...base, deployment: recent[0], recent, meters };
  const reason = nothingToDo(seen, rollout, rollback);
  if (reason !== null) return { ...facts, state: 'nothing-to-do', reason };
  const joined = joins(seen, rollout, rollback);
  const choice =
    joined === null ? await chosen(seen, rollout, clients) : await joining(joined, seen, rollout, clients);
  if (choice.to === null)
    return { ...facts, ...withoutWay(rollout.blame, recent, noWayFrom(rollout.blame, choice.notes)) };
  return {
    ...facts,
    ...(await readyPlan(choice, seen, rollout, rollback, clients)),
    state: joined === null ? 'ready' : 'join',
  };
}

function nothingToDo(
  { condemned, proven }: Survey,
  { standing, revisions, contents, candidates, recent, blame }: Rollout,
  rollback: Plannable,
): string | null {
  const { from, state } = standing;
  const { revision } = rollback.request;
  const { name } = toRevision(from, revisions);
  if (revision === from && state !== 'rolling-back')
    return `${name} ${state === 'rolling-out' ? 'is already being rolled out' : 'already runs'}`;
  if (revision !== undefined || state === 'rolling-back') return null;
  if (state === 'went-back')
    return condemned.has(from) ? null : `ECS already rolled the newest deployment back to ${name}`;
  const known = (id: string) => ({ id, content: contents.get(id), name: toRevision(id, revisions).name });
  const good = { proven: [...proven].map(known), fit: candidates.map((one) => known(one.revision)) };
  return needless(blame, recent, good, rollback);
}

/** Returns the revision that ECS restores natively, if that is the wanted one; else null. */
function joins({ condemned }: Survey, { standing }: Rollout, { request }: Plannable): string | null {
  const { state, awsGoesTo: native } = standing;
  if (state !== 'rolling-back' || native === null) return null;
  const wanted = request.revision ?? (condemned.has(native) ? null : native);
  return wanted === native ? native : null;
}

async function joining(
  id: string,
  { proven }: Survey,
  { revisions, candidates, running }: Rollout,
  clients: Reads,
): Promise<Choice> {
  const to = revisions.get(id) ?? unknownRevision(id);
  const source =
    candidates.find(({ revision }) => revision === id)?.source ?? (proven.has(id) ? 'ledger' : 'deployments');
  return { to, source, ...nativeFirst(await blockerOf(to, running, clients)) };
}

async function chosen({ service, condemned }: Survey, rollout: Rollout, clients: Reads): Promise<Choice> {
  const { newest, standing, revisions, running, blame } = rollout;
  const source = newest.sources.find(({ revision }) => revision === standing.awsGoesTo);
  const native =
    standing.state === 'rolling-out' && source !== undefined
      ? { revision: source.revision, isWhole: source.running >= service.desired }
      : null;
  const found = await choose({ ...rollout, atFault: running, native }, clients);
  const choice = found.to === null ? found : { ...found, notes: [...supersededNote(blame), ...found.notes] };
  if (standing.state !== 'rolling-back' || standing.awsGoesTo === null || !condemned.has(standing.awsGoesTo))
    return choice;
  const refused = `ECS is rolling back to ${toRevision(standing.awsGoesTo, revisions).name}, which was condemned: not joined`;
  return { ...choice, notes: [refused, ...choice.notes] };
}

async function readyPlan(
  { to, source, ways, notes }: Extract<Choice, { ways: unknown }>,
  { name, service, condemned }: Survey,
  { newest, standing, running, revisions, blame }: Rollout,
  { request }: Plannable,
  { ecs }: Reads,
) {
  const known = new Map([...revisions, [to.arn, to]]);
  // Condemned content under a new id gets the condemned id, by which the judge and Report know it.
  const named = (id: string) => ({ ...toRevision(id, known), id: condemned.get(id) ?? id });
  const { suspect, replacedBy } = blame;
  const atFault = replacedBy === null ? running.arn : suspect.revision.id;
  const { tags, reads } = await definitionOf(atFault, known, ecs);
  return {
    source,
    from: named(running.arn),
    ...(replacedBy !== null && { suspect: named(atFault) }),
    to: toRevision(to.arn, known),
    fromTags: tags,
    reads,
    rungs: rungsOf(ways, nameOf(to.configuration.taskDefinition), service.bakeSeconds),
    inFlight: standing.state === 'rolling-out' || standing.state === 'rolling-back',
    watch: watchOf(name, service, targetGroupsAfter(ways.includes('native'), to, running), request),
    notes: [...emptyNote(service), ...notes],
    memo: memoOf(newest, running, to),
  } satisfies Partial<Plan>;
}

async function definitionOf(
  id: string,
  revisions: ReadonlyMap<string, ServiceRevision>,
  ecs: Reads['ecs'],
): Promise<Pick<TaskDefinition, 'tags' | 'reads'>> {
  const taskDefinition = revisions.get(id)?.configuration.taskDefinition ?? '';
  return taskDefinition === '' ? { tags: {}, reads: [] } : ecs.taskDefinition(taskDefinition);
}
