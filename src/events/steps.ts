import { personsAnswer } from '../rollback/approval.ts';
import type { Rollback, Stopped } from '../rollback/document.ts';
import type { Plan, Ready, Joinable } from '../rollback/plan.ts';
import type { Instant, Request } from '../rollback/request.ts';
import type { Verdict } from '../rollback/verdict.ts';
import type { Detail } from './details.ts';
import { leftOf, toJudged, toRung, utc } from './shapes.ts';
import type { OutgoingEvent } from './publish.ts';

/** A step of a rollback, as an event. `key` identifies the step within the rollback. */
export interface StoryEvent {
  readonly key: string;
  readonly event: OutgoingEvent;
}

/** The common fields of all steps. */
export type Of = Pick<Detail<'Rollback Started'>, 'version' | 'target' | 'execution' | 'storm' | 'rehearsal'>;

export function startedOf(of: Of, { request }: Rollback, startedAt: Instant): StoryEvent {
  const detail = { ...of, requested: request.reason, trigger: triggerOf(request), startedAt };
  return { key: 'Started', event: { type: 'Rollback Started', detail } };
}

function triggerOf({ trigger }: Request): Detail<'Rollback Started'>['trigger'] {
  switch (trigger?.type) {
    case undefined:
      return { type: 'by-hand' };
    case 'alarm':
      return { type: 'alarm', of: trigger.alarm, at: utc(trigger.at) };
    case 'deployment':
      return { type: 'deployment', of: trigger.deployment, at: utc(trigger.at) };
    case 'lookout':
      return { type: 'lookout', of: trigger.deployment, at: utc(trigger.at), saw: [...trigger.saw] };
    case 'request':
    case 'rehearsal':
      return { type: trigger.type, of: trigger.by, at: utc(trigger.at) };
  }
}

/** Returns the plan with its verdict, or null while one of them is missing. */
export function plannedOf(of: Of, { plan, verdict }: Rollback): StoryEvent | null {
  if (plan === undefined || verdict === undefined) return null;
  const detail = {
    ...of,
    plannedAt: plan.at,
    plan: plan.state,
    ...routeOf(plan),
    verdict: toJudged(verdict),
    ...turnOf(verdict),
  };
  return { key: 'Planned', event: { type: 'Rollback Planned', detail } };
}

/** Returns for what a rollback waits before it writes. */
function turnOf(verdict: Verdict): Pick<Detail<'Rollback Planned'>, 'turn'> {
  if (verdict.verdict !== 'act' || verdict.turn === undefined) return {};
  const { at, quota, ahead } = verdict.turn;
  return { turn: { at, quota, ahead } };
}

function routeOf(plan: Plan) {
  if (!hasRoute(plan)) return { reason: plan.reason, rungs: [], notes: [] };
  const { from, to, source, rungs, notes = [], changes } = plan;
  const route = { from, to, source, rungs: rungs.map(toRung), notes: [...notes] };
  return { ...route, ...(changes !== undefined && { changes: [...changes] }) };
}

export function stoppedOf(of: Of, rollback: Rollback): StoryEvent | null {
  const { plan, approval } = rollback;
  const stopped = stoppedIn(rollback);
  if (!hasRoute(plan) || stopped === undefined) return null;
  const answer = personsAnswer(approval);
  const detail = {
    ...of,
    from: plan.from,
    to: plan.to,
    state: stopped.state,
    ...('deployment' in stopped && { deployment: stopped.deployment }),
    ...('reason' in stopped && { reason: stopped.reason }),
    ...('at' in stopped && { stoppedAt: stopped.at }),
    ...(answer !== null && { approval: answer }),
  };
  return { key: 'Stopped', event: { type: 'Rollback Stopped', detail } };
}

/** Returns the answer of Stop, or the one that it would have given where the workflow passed over it. */
function stoppedIn({ plan, stopped, reverted }: Rollback): Stopped | undefined {
  const isPassedOver = hasRoute(plan) && plan.inFlight === false && reverted !== undefined;
  return stopped ?? (isPassedOver ? { state: 'not-running' } : undefined);
}

/** Returns the rung in flight. A rung that could not be started is published with the next one, or with the end. */
export function revertedOf(of: Of, { plan, reverted }: Rollback): StoryEvent | null {
  if (!hasRoute(plan) || reverted === undefined || reverted.state === 'failed') return null;
  const { from, to, rungs } = plan;
  const number = reverted.rung + 1;
  const detail = {
    ...{ ...of, from, to, state: reverted.state },
    rung: toRung(rungs[reverted.rung] ?? rungs[0]),
    number,
    rungs: rungs.length,
    deployment: reverted.deployment,
    revertedAt: reverted.at,
    settleBy: reverted.settleBy,
    left: leftOf(rungs, reverted.left),
  };
  return { key: `Reverted ${number}`, event: { type: 'Rollback Reverted', detail } };
}

/** Returns what AWS says hinders the current rung. Null: nothing does. */
export function hinderedOf(of: Of, { plan, reverted, settled }: Rollback): StoryEvent | null {
  if (!hasRoute(plan) || reverted === undefined || reverted.state === 'failed') return null;
  if (settled?.state !== 'pending' || settled.hindrance === undefined || settled.hinderedSince === undefined)
    return null;
  const { from, to, rungs } = plan;
  const number = reverted.rung + 1;
  const detail = {
    ...{ ...of, from, to, number },
    rung: toRung(rungs[reverted.rung] ?? rungs[0]),
    says: settled.hindrance,
    hinderedSince: settled.hinderedSince,
    settleBy: reverted.settleBy,
  };
  return { key: `Hindered ${number}`, event: { type: 'Rollback Hindered', detail } };
}

/** Returns for which alarms Verify waits, and until when. Null: for none. */
export function waitingOf(of: Of, { plan, reverted, health }: Rollback): StoryEvent | null {
  if (!hasRoute(plan) || reverted === undefined || reverted.state === 'failed') return null;
  if (health?.state !== 'pending' || health.waits === undefined) return null;
  const { alarms, since: waitsSince, until: waitsUntil } = health.waits;
  const number = reverted.rung + 1;
  const detail = {
    ...{ ...of, from: plan.from, to: plan.to, number },
    alarms: [...alarms],
    ...{ waitsSince, waitsUntil },
  };
  return { key: `Waiting ${number}`, event: { type: 'Rollback Waiting', detail } };
}

/** Returns the pause for which the rollback waits, or waited last. Null: it was never held back. */
export function pausedOf(of: Of, { paused }: Rollback): StoryEvent | null {
  if (paused === undefined) return null;
  const { order, spans, wrote } = paused;
  const { because, by, at } = order;
  const said = { ...(because !== undefined && { because }), ...(by !== undefined && { by }) };
  const since = at === undefined ? {} : { since: at };
  const detail = { ...of, ...said, ...since, wrote, waitsSince: spans.at(-1)?.from ?? paused.at };
  return { key: `Paused ${spans.length}`, event: { type: 'Rollback Paused', detail } };
}

function hasRoute(plan: Plan | undefined): plan is Ready | Joinable {
  return plan !== undefined && 'rungs' in plan;
}
