import { isSame } from '../../../../src/rollback/course.ts';
import { explained } from '../../../../src/rollback/explained.ts';
import { noWayBack } from '../../../../src/rollback/no-way-back.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import { supersededNote } from '../../../../src/rollback/needless.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Controller } from '../controller.ts';
import { choose, nativeFirst, type Choice } from '../choice.ts';
import { needless, noWayFrom, withoutWay } from '../blame.ts';
import { perhapsCondemned } from '../condemned.ts';
import { mayBeSame } from '../content.ts';
import { definitionsOf, type Definitions } from '../definitions.ts';
import { barrierNotRead, mayEqual } from '../doubts.ts';
import { memoOf, type Memo } from './memo.ts';
import { nameOf, type Ecs } from '../ecs.ts';
import { blockerOf, type Known } from '../blockers.ts';
import { looksAt, type Registry } from '../images.ts';
import { toRevision, unknownRevision } from '../revisions.ts';
import { rungsOf } from '../rungs.ts';
import type { Rollout } from './rollout.ts';
import { survey, type Survey } from './survey.ts';
import { leftAlone } from '../traffic/astray.ts';
import type { Balancer } from '../traffic/balancer.ts';
import { traitsOfBoth } from '../traits.ts';
import { emptyNote, loweredNote, targetGroupsAfter, watchOf } from '../watch.ts';

export interface Clients {
  readonly ecs: Ecs;
  readonly registry: Registry;
  readonly balancer: Pick<Balancer, 'again'>;
  readonly now: () => string;
}

interface Reads extends Known {
  readonly definitions: Definitions;
}

export function planWith({ ecs, registry, balancer, now }: Clients): Controller<Memo>['plan'] {
  return async (rollback, begun) => {
    const reads = { definitions: definitionsOf(ecs), looks: looksAt(registry) };
    const seen = await survey(rollback, begun, { ecs, balancer, ...reads });
    const base = { at: now(), tags: seen.service.tags };
    if (seen.rollout === null) {
      return { ...base, ...noWayBack('ECS remembers no deployment of this service') };
    }
    return planFrom(seen, seen.rollout, base, rollback, reads);
  };
}

async function planFrom(
  seen: Survey,
  rollout: Rollout,
  base: Pick<Plan, 'at' | 'tags'>,
  rollback: Plannable,
  reads: Reads,
): Promise<Plan<Memo>> {
  const { recent, meters } = rollout;
  const facts = { ...base, deployment: recent[0], recent, meters };
  if (seen.astray !== null && rollback.request.revision === undefined)
    return { ...facts, ...leftAlone(seen.astray) };
  const reason = nothingToDo(seen, rollout, rollback);
  const read = reads.definitions.get(rollout.running.configuration.taskDefinition)?.reads ?? [];
  if (reason !== null)
    return { ...facts, ...(read.length > 0 && { reads: read }), state: 'nothing-to-do', reason };
  const joined = joins(rollout, rollback);
  const choice =
    joined === null ? await chosen(seen, rollout, reads) : await joining(joined, seen, rollout, reads);
  if (choice.to === null)
    return {
      ...facts,
      ...withoutWay(rollout.blame, recent, noWayFrom(rollout.blame, choice.notes, rollback)),
    };
  const both = traitsOfBoth(rollout.running, choice.to, reads.definitions);
  const ready = explained({ ...facts, ...readyPlan(choice, seen, rollout, rollback, reads) }, both);
  return joined === null
    ? { ...ready, ...doubtOf(choice, rollout, reads), state: 'ready' }
    : { ...ready, state: 'join' };
}

function nothingToDo(
  { proven }: Survey,
  { standing, revisions, contents, condemned, candidates, recent, blame }: Rollout,
  rollback: Plannable,
): string | null {
  const { from, state } = standing;
  const { revision } = rollback.request;
  const { name } = toRevision(from, revisions);
  const knownBy = (id: string) => ({ id, content: contents.get(id) });
  if (revision !== undefined && isSame(knownBy(revision), knownBy(from)) && state !== 'rolling-back')
    return `${name} ${state === 'rolling-out' ? 'is already being rolled out' : 'already runs'}`;
  if (revision !== undefined || state === 'rolling-back') return null;
  if (state === 'went-back')
    return condemned.has(from) ? null : `ECS already rolled the newest deployment back to ${name}`;
  const known = (id: string) => ({ ...knownBy(id), name: toRevision(id, revisions).name });
  const good = { proven: [...proven].map(known), fit: candidates.map((one) => known(one.revision)) };
  return needless(blame, recent, good, rollback);
}

/** Returns the revision that ECS restores natively, if that is the wanted one; else null. */
function joins({ standing, condemned }: Rollout, { request }: Plannable): string | null {
  const { state, awsGoesTo: native } = standing;
  if (state !== 'rolling-back' || native === null) return null;
  const wanted = request.revision ?? (condemned.has(native) ? null : native);
  return wanted === native ? native : null;
}

async function joining(
  id: string,
  { proven }: Survey,
  { revisions, candidates, running }: Rollout,
  reads: Reads,
): Promise<Choice> {
  const to = revisions.get(id) ?? unknownRevision(id);
  const source =
    candidates.find(({ revision }) => revision === id)?.source ?? (proven.has(id) ? 'ledger' : 'deployments');
  return { to, source, ...nativeFirst(await blockerOf(to, running, reads)) };
}

async function chosen({ service }: Survey, rollout: Rollout, reads: Reads): Promise<Choice> {
  const { newest, standing, revisions, running, blame, condemned } = rollout;
  const source = newest.sources.find(({ revision }) => revision === standing.awsGoesTo);
  const native =
    standing.state === 'rolling-out' && source !== undefined
      ? { revision: source.revision, isWhole: source.running >= service.desired }
      : null;
  const found = await choose({ ...rollout, atFault: running, native }, reads);
  const choice = found.to === null ? found : { ...found, notes: [...supersededNote(blame), ...found.notes] };
  if (standing.state !== 'rolling-back' || standing.awsGoesTo === null || !condemned.has(standing.awsGoesTo))
    return choice;
  const refused = `ECS is rolling back to ${toRevision(standing.awsGoesTo, revisions).name}, which was condemned: not joined`;
  return { ...choice, notes: [refused, ...choice.notes] };
}

function readyPlan(
  { to, source, ways, notes }: Extract<Choice, { ways: unknown }>,
  { name, service, astray }: Survey,
  { newest, standing, running, revisions, blame, condemned }: Rollout,
  { request }: Plannable,
  { definitions }: Reads,
) {
  const known = new Map([...revisions, [to.arn, to]]);
  // Condemned content under a new id gets the condemned id, by which the judge and Report know it.
  const named = (id: string) => ({ ...toRevision(id, known), id: condemned.get(id) ?? id });
  const { suspect, replacedBy } = blame;
  const atFault = replacedBy === null ? running.arn : suspect.revision.id;
  const definition = definitions.get(known.get(atFault)?.configuration.taskDefinition ?? '');
  return {
    source,
    from: named(running.arn),
    ...(replacedBy !== null && { suspect: named(atFault) }),
    to: toRevision(to.arn, known),
    fromTags: definition?.tags ?? {},
    reads: definition?.reads ?? [],
    rungs: rungsOf(ways, nameOf(to.configuration.taskDefinition), service.bakeSeconds),
    inFlight: standing.state === 'rolling-out' || standing.state === 'rolling-back',
    ...undoneBy(ways, service),
    watch: watchOf(name, service, targetGroupsAfter(ways.includes('native'), to, running), request),
    notes: [
      ...(astray === null ? [] : [astray]),
      ...emptyNote(service),
      ...(replacedBy === null ? loweredNote(service, newest) : []),
      ...notes,
    ],
    memo: memoOf(newest, running, to),
  } satisfies Partial<Plan>;
}

/**
 * Returns the alarms that would end a new deployment. ECS does not watch its own rollback, nor a deployment that begins
 * while one of them is red. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
function undoneBy(
  ways: Extract<Choice, { ways: unknown }>['ways'],
  { undoingAlarms }: Survey['service'],
): Pick<Plan & { state: 'ready' }, 'undoneBy'> {
  return ways[0] === 'native' || undoingAlarms.length === 0 ? {} : { undoneBy: undoingAlarms };
}

/**
 * Returns why a person must decide: something that was not read may speak against the way back. The revision may equal
 * the one at fault or a condemned one, as far as both were read.
 */
function doubtOf(
  { to: { arn: to }, doubt }: Extract<Choice, { ways: unknown }>,
  rollout: Rollout,
  { definitions }: Reads,
): { readonly doubt?: string } {
  if (doubt !== undefined) return { doubt };
  const { revisions, wasRead, blame, running, contents } = rollout;
  const atFault = blame.replacedBy === null ? running.arn : blame.suspect.revision.id;
  const named = (id: string) => toRevision(id, revisions).name;
  const definition = revisions.get(atFault)?.configuration.taskDefinition;
  if (definition !== undefined && definitions.get(definition) === undefined)
    return { doubt: barrierNotRead(named(atFault)) };
  const isLikeIt = mayBeSame(contents.get(to), contents.get(atFault));
  const twin = perhapsCondemned(to, rollout, wasRead) ?? (isLikeIt ? atFault : null);
  return twin === null ? {} : { doubt: mayEqual(named(to), named(twin)) };
}
