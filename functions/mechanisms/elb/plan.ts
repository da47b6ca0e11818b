import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan, Tags, Watch } from '../../../src/rollback/plan.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { isSticky } from './actions.ts';
import { provenIn, requestedIn } from './candidates.ts';
import { neededFor, partOf } from './capacity.ts';
import { choose, type Choice } from './choice.ts';
import { currentRun, deploymentOf } from './deployment.ts';
import { toDetails } from './details.ts';
import type { Elb } from './elb.ts';
import type { Fleets } from './fleets.ts';
import { isSame, toRevision, type Run } from './runs.ts';
import { rungsOf } from './rungs.ts';
import { nameSplit, type Split } from './split.ts';
import { survey, type Survey } from './survey.ts';

export interface Clients {
  readonly elb: Elb;
  readonly fleets: Fleets;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism['plan'] {
  return async (rollback) => {
    const seen = await survey(rollback, clients);
    const current = currentRun(seen.runs, seen.split, rollback.claim.since);
    const deployment = deploymentOf(current, seen.runs, seen.entries, seen.arn);
    const base = {
      at: clients.now(),
      tags: ownTags(seen),
      runs: toRevision(current),
      ...(deployment !== null && { deployment }),
    };
    const { revision } = rollback.request;
    const asked = revision === undefined ? null : requestedIn(revision, seen.arn);
    if (asked !== null && isSame(asked.split, seen.split))
      return { ...base, state: 'nothing-to-do', reason: `${asked.revision.name} has the traffic already` };
    const choice = await choose(asked === null ? provenIn(seen) : [asked], seen, clients);
    if (choice.to === null) return { ...base, state: 'no-way-back', reason: noWay(choice.notes, current) };
    return { ...base, ...wayBack(choice, current, seen, rollback), state: 'ready' };
  };
}

function ownTags({ tags, arn }: Survey): Tags {
  return tags.get(arn) ?? {};
}

function noWay(notes: readonly string[], { split }: Run): string {
  return notes.length === 0
    ? `no other division of the traffic than the present one, ${nameSplit(split)}, was ever proven`
    : notes.join('; ');
}

function wayBack(
  { to, growths, notes }: Extract<Choice, { growths: unknown }>,
  current: Run,
  seen: Survey,
  rollback: Claimed,
) {
  const needed = neededFor(seen.shares, seen.behind);
  return {
    watch: watchOf(to.split, needed, seen, rollback),
    source: to.source,
    from: toRevision(current),
    to: to.revision,
    fromTags: tagsAtFault(current.split, to.split, seen),
    rungs: rungsOf(to.revision.name, growths),
    ...noted([...notes, ...stickinessNote(seen)]),
    details: toDetails({ from: current.split, to: to.split, needed }),
  } satisfies Partial<Extract<Plan, { state: 'ready' }>>;
}

function noted(notes: readonly string[]): { readonly notes?: readonly string[] } {
  return notes.length === 0 ? {} : { notes };
}

function stickinessNote({ forwarder }: Survey): readonly string[] {
  if (!isSticky(forwarder.actions)) return [];
  return [
    'target group stickiness is switched off on the way back: cookies would keep users where they are, whatever the weights say',
  ];
}

/** The groups that carry the traffic afterwards, and the alarms that spoke or were named. */
function watchOf(to: Split, needed: number, seen: Survey, { request: { trigger } }: Claimed): Watch {
  const { alarms, probes } = readSettings(ownTags(seen));
  const triggering = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  return {
    targetGroups: to.map((share) => ({ arn: share.targetGroup, wanted: partOf(to, share, needed) })),
    alarms: [...new Set([...alarms, ...triggering])],
    probes,
  };
}

/** Tags of the groups that lose their traffic: what cannot be taken back is said there. */
function tagsAtFault(from: Split, to: Split, { tags }: Survey): Tags {
  const kept = new Set(to.map(({ targetGroup }) => targetGroup));
  const losing = from.filter(({ targetGroup }) => !kept.has(targetGroup));
  return Object.assign({}, ...losing.map(({ targetGroup }) => tags.get(targetGroup) ?? {})) as Tags;
}
