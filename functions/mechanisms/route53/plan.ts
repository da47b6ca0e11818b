import type { Claimed } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan, Rung, Watch } from '../../../src/rollback/plan.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import type { Capacity } from './capacity.ts';
import { choose, provenIn, requestedIn, type Choice } from './choice.ts';
import { asJson } from './details.ts';
import { lifetimeOf, whyUnknown, type Lifetime } from './lifetimes.ts';
import { toRevision } from './runs.ts';
import { survey, type Clients, type Survey } from './survey.ts';
import { recordOf } from './target.ts';
import { changesNothing, nameWeights, writeWeights } from './weights.ts';

/** A change is in sync within 60 seconds as a rule (API_GetChange, Amazon Route 53); this much is waited, and the TTL. */
const SYNC_SECONDS = 600;

export function planWith(clients: Clients): Mechanism['plan'] {
  return async (rollback) => {
    const { revision } = rollback.request;
    const seen = await survey(rollback, clients);
    const { deployment } = seen;
    const base = {
      at: clients.now(),
      tags: seen.tags,
      runs: toRevision(seen.current),
      ...(deployment !== null && { deployment }),
    };
    const present = seen.current.weights;
    const asked = revision === undefined ? null : requestedIn(revision, seen);
    if (asked !== null && changesNothing(asked.run.weights, present))
      return {
        ...base,
        state: 'nothing-to-do',
        reason: `the weights are ${writeWeights(present)} already`,
      };
    const choice = await choose(seen, asked === null ? provenIn(seen) : [asked], clients);
    if (choice.run === null) return { ...base, state: 'no-way-back', reason: noWay(choice.notes) };
    const lifetime = await lifetimeOf(seen.records, recordOf(rollback.request.target), clients.route53);
    return { ...base, ...wayBack(choice, seen, lifetime, rollback), state: 'ready' };
  };
}

function noWay(notes: readonly string[]): string {
  return notes.length === 0
    ? 'there are no last known good weights: none were proven before the present ones'
    : `there are no last known good weights that could be put back: ${notes.join('; ')}`;
}

function wayBack(
  { run, source, weights, capacity, notes }: Extract<Choice, { capacity: Capacity }>,
  { current, tags }: Survey,
  lifetime: Lifetime,
  rollback: Claimed,
) {
  const doubt = whyUnknown(lifetime);
  const rung: Rung = {
    name: 'weights',
    does: `set the weights back to ${writeWeights(weights)}: ${nameWeights(weights)}`,
    withinSeconds: SYNC_SECONDS + lifetime.ttl,
  };
  return {
    source,
    from: toRevision(current),
    to: toRevision(run),
    fromTags: {},
    rungs: [rung],
    watch: watchOf(tags, capacity, rollback),
    notes: doubt === null ? notes : [...notes, doubt],
    details: asJson({ from: current.weights, to: weights, lifetime }),
  } satisfies Partial<Plan>;
}

function watchOf(tags: Survey['tags'], { targetGroups }: Capacity, { request: { trigger } }: Claimed): Watch {
  const { alarms, probes } = readSettings(tags);
  const triggering = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  return { targetGroups, alarms: [...new Set([...alarms, ...triggering])], probes };
}
