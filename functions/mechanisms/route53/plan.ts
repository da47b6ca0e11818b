import { currentRun, rolloutsOf, toRevision } from '../../../src/ledger/divisions.ts';
import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import { backAlready, blameOf, noteOn, replaced, type Blame } from '../../../src/rollback/blame.ts';
import { explained } from '../../../src/rollback/explained.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan, Rung } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import { arnsIn, type Capacity } from './capacity.ts';
import { choose, candidatesIn, requestedIn, type Choice, type Found } from './choice.ts';
import { division } from './division.ts';
import { askingWith } from './asking.ts';
import type { Memo } from './memo.ts';
import { lifetimeOf, whyUnknown, type Lifetime } from './lifetimes.ts';
import { metersOf } from './meters.ts';
import { survey, type Clients, type Survey } from './survey.ts';
import { traitsOfBoth } from './traits.ts';
import { recordOf } from '../../../src/targets/kinds/route53/target.ts';
import { changesNothing, nameWeights, writeWeights } from './weights.ts';

/**
 * How long Settle waits for a change, besides the TTL. A change is usually in sync within 60 seconds (API_GetChange,
 * Amazon Route 53).
 */
const SYNC_SECONDS = 600;

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback) => {
    const { revision } = rollback.request;
    const seen = await survey(rollback, clients);
    const found = look(seen, rollback);
    const base = { at: clients.now(), ...baseOf(seen, found, clients) };
    const present = seen.present.weights;
    const asked = revision === undefined ? null : requestedIn(revision, seen);
    const already = `the weights are ${writeWeights(present)} already`;
    if (asked !== null && changesNothing(asked.run.weights, present))
      return { ...base, state: 'nothing-to-do', reason: already };
    const choice = await choose(seen, asked === null ? candidatesIn(seen, found) : [asked], (id) =>
      clients.route53.healthCheck(id),
    );
    if (choice.run === null) return { ...base, ...nowhere(choice.notes, found, rollback.request) };
    if ('isThere' in choice) return { ...base, state: 'nothing-to-do', reason: whyThere(found) ?? already };
    const lifetime = await lifetimeOf(seen.records, recordOf(rollback.request.target), clients.route53);
    const blame = asked === null ? found.blame : null;
    const ready = { ...base, ...readyPlan(choice, seen, { ...found, blame }, lifetime, rollback) };
    const both = traitsOfBoth(found.current, choice.run, seen.records);
    return { ...explained(ready, both), state: 'ready' };
  };
}

/** Finds the suspect among the deployments that the ledger observed. */
export function look(seen: Survey, rollback: Plannable): Found {
  const current = currentRun(division, seen.runs, seen.present);
  const rollouts = rolloutsOf(division, current, seen.runs, seen.entries);
  const recent = rollouts.map(({ deployment }) => deployment);
  return { current, rollouts, recent, blame: blameOf(recent, rollback) };
}

function baseOf(seen: Survey, { current, rollouts, recent, blame }: Found, { region }: Clients) {
  const [deployment] = recent;
  return {
    tags: seen.tags,
    runs: toRevision(division, current),
    ...(deployment !== undefined && { deployment }),
    recent,
    meters: metersOf(seen, rollouts, blame, region),
  };
}

function whyThere({ blame }: Found): string | null {
  return blame?.replacedBy == null ? null : backAlready(blame.replacedBy, blame);
}

/** Returns why nothing better is known. The weights that replaced the suspect stay. */
function nowhere(notes: readonly string[], { blame }: Found, request: Request) {
  const asked = cannotPutBack(request, notes);
  if (asked !== null || blame?.replacedBy == null) return noWayBack(asked ?? noWay(notes));
  return replaced(blame.replacedBy, blame, notes);
}

function noWay(notes: readonly string[]): string {
  return noneFit(
    'there are no last known good weights',
    notes,
    'no usable ones were proven before the present ones',
  );
}

function readyPlan(
  { run, source, weights, capacity, notes, ...reserved }: Extract<Choice, { capacity: Capacity }>,
  { tags, present, records, balancers }: Survey,
  { current, blame }: Found,
  lifetime: Lifetime,
  rollback: Plannable,
) {
  const doubt = whyUnknown(lifetime);
  const rung: Rung = {
    name: 'weights',
    does: `set the weights back to ${writeWeights(weights)}: ${nameWeights(weights)}`,
    withinSeconds: SYNC_SECONDS + lifetime.ttl,
  };
  return {
    source,
    from: toRevision(division, current),
    ...(blame !== null && suspectIn(blame)),
    to: toRevision(division, run),
    ...askingWith(division.nameOf(run), reserved, capacity, rollback.request),
    fromTags: {},
    rungs: [rung],
    inFlight: false,
    watch: watchFor(tags, rollback.request, capacity.targetGroups),
    notes: [...(blame === null ? [] : noteOn(blame)), ...notes, ...(doubt === null ? [] : [doubt])],
    memo: {
      ...{ from: present.weights, to: weights, lifetime },
      needed: capacity.needed,
      balancers: arnsIn(records, balancers),
    },
  } satisfies Partial<Plan>;
}

function suspectIn({ suspect, replacedBy }: Blame) {
  return replacedBy === null ? {} : { suspect: suspect.revision };
}
