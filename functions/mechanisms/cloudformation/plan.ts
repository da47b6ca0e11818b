import { provenIds } from '../../../src/ledger/among.ts';
import { isFit, knownOf } from '../../../src/rollback/course.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { Deployment, Joinable, Plan, Ready, Revision } from '../../../src/rollback/plan.ts';
import { changesBetween } from '../../../src/rollback/traits.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import { afterwards, replacedSince } from './afterwards.ts';
import { traitsIn } from './content.ts';
import type { Memo } from './memo.ts';
import { needless } from './needless.ts';
import { stableBefore, type Operation } from './operations.ts';
import { ownedBy, rootOf } from './owner.ts';
import { changedIn, lostBy } from './resources.ts';
import { revisionOf } from './revision.ts';
import { NATIVE, rungsOf, type Way } from './rungs.ts';
import { survey, type Clients, type Survey } from './survey.ts';
import { isAtRest, waysOf } from './ways.ts';

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback): Promise<Plan<Memo>> => {
    const seen = await survey(rollback, clients);
    const { stack, recent, operations } = seen;
    const [deployment] = recent;
    const running = runningIn(seen);
    const base: Base = {
      at: clients.now(),
      tags: stack.tags,
      recent,
      ...(deployment !== undefined && { deployment }),
      ...(running !== null && running.id !== deployment?.id && { runs: running.revision }),
    };
    const root = rootOf(stack);
    if (root !== null && rollback.request.trigger?.type === 'deployment')
      // Events do not say that a stack is nested.
      return {
        ...base,
        state: 'nothing-to-do',
        reason: `it is nested in ${root}, which is judged as a target of its own`,
      };
    const owner = ownedBy(stack);
    if (owner !== null) return { ...base, ...noWayBack(owner) };
    const asked = requested(rollback, seen);
    const reason = needless(rollback.request, seen, running);
    if (reason !== null) return { ...base, state: 'nothing-to-do', reason };
    const good = goodIn(seen, running);
    const replaced = replacedSince(seen.course, stack, good);
    if (replaced !== null) return { ...base, ...replaced };
    const [newest] = operations;
    if (newest === undefined)
      return { ...base, ...noWayBack(`CloudFormation shows no update of ${stack.name}`) };
    if (isAtRest(stack)) {
      const undone = newest.state === 'went-back' ? revisionOf(stack.name, newest.id) : null;
      const known = { ran: running?.revision, undone, good };
      return { ...base, ...noWayBack(afterwards(stack, known)) };
    }
    const found = waysOf(stack, newest);
    if ('refusal' in found) return { ...base, ...noWayBack(found.refusal) };
    return wayBack(base, found.ways, newest, asked, seen, rollback);
  };
}

type Base = Pick<Ready, 'at' | 'tags' | 'recent' | 'deployment' | 'runs'>;

/** Returns the deployment that runs: the newest that completed. */
function runningIn({ recent }: Survey): Deployment | null {
  return recent.find(({ state }) => state === 'completed') ?? null;
}

/** Returns the newest proven revision, other than the one that runs. */
function goodIn({ entries, stack }: Survey, running: Deployment | null): Revision | null {
  const id = provenIds(entries).find((one) => one !== running?.revision.id);
  return id === undefined ? null : revisionOf(stack.name, id);
}

/** Returns the revision that a request names. @throws InvalidRequest if no update of the stack had it */
function requested(
  { request: { revision } }: Plannable,
  { recent, entries, stack }: Survey,
): Revision | null {
  if (revision === undefined) return null;
  const known = [
    ...recent.map((one) => one.revision),
    ...provenIds(entries).map((id) => revisionOf(stack.name, id)),
  ];
  const found = known.find(({ id, name }) => id === revision || name === revision);
  if (found !== undefined) return found;
  throw new InvalidRequest('request.revision', `${stack.name} had no update ${JSON.stringify(revision)}`);
}

/** Plans the way to the configuration before the newest update, which is the only one that CloudFormation keeps. */
function wayBack(
  base: Base,
  ways: readonly [Way, ...Way[]],
  newest: Operation,
  asked: Revision | null,
  seen: Survey,
  { request }: Plannable,
): Plan<Memo> {
  const { stack, recent, course, condemned, entries } = seen;
  const stable = stableBefore(seen.operations);
  const before = recent.find(({ id }) => id === stable?.id);
  if (before === undefined)
    return {
      ...base,
      ...noWayBack(`it is not known to which update CloudFormation would roll ${stack.name} back`),
    };
  const to = before.revision;
  if (asked !== null && asked.id !== to.id)
    return {
      ...base,
      ...noWayBack(
        `the revision that was asked for cannot be put back: CloudFormation can only roll ${stack.name} back to ${to.name}`,
      ),
    };
  if (asked === null && !isFit(knownOf(before), course, recent, condemned))
    return {
      ...base,
      ...noWayBack(`CloudFormation would roll ${stack.name} back to ${to.name}, which was at fault itself`),
    };
  const isProven = provenIds(entries).includes(to.id);
  const lost = lostBy(newest);
  const plan: Omit<Ready<Memo>, 'state'> = {
    ...base,
    source: asked !== null ? 'request' : isProven ? 'ledger' : 'deployments',
    from: revisionOf(stack.name, newest.id),
    to,
    // Updates have no tags. Those of the stack declare barriers.
    fromTags: stack.tags,
    rungs: rungsOf(ways, stack.name, to.name),
    inFlight: ways[0] === NATIVE,
    watch: watchFor(stack.tags, request, [], stack.alarms),
    ...(lost.length > 0 && { doubt: doubtOf(lost, stack.name) }),
    changes: changesOf(newest, before, seen),
    memo: { stackId: stack.id, updatedAt: stack.updatedAt, startEvent: newest.startEvent },
  };
  return ways[0] === NATIVE
    ? ({ ...plan, state: 'join' } satisfies Joinable<Memo>)
    : { ...plan, state: 'ready' };
}

function doubtOf(lost: readonly string[], stack: string): string {
  return `The rollback of ${stack} deletes what the update created, with its data: ${lost.join(', ')}.`;
}

/** Returns the parameters that differ, if the ledger knows those of before, and the resources that the update touched. */
function changesOf(newest: Operation, { content }: Deployment, { present }: Survey): readonly string[] {
  const [from, to] = [present, content ?? null].map((one) => (one === null ? null : traitsIn(one)));
  const named = from == null || to == null ? [] : changesBetween(from, to);
  return [...named, ...changedIn(newest)];
}
