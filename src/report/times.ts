import { courseOf } from '../rollback/course.ts';
import type { Rollback } from '../rollback/document.ts';
import type { Deployment } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { beganIn, breachIn, type Began, type Breach } from './harm.ts';
import type { Entered, Material } from './material.ts';

/** The instants of a rollback that a reader looks for. Each is absent where it is not known or never came. */
export interface Times {
  readonly suspect?: Deployment;
  readonly began?: Began;
  /** Absent: the metric that hurt is not known, or it never passed its limit. */
  readonly breach?: Breach;
  readonly triggered?: Instant;
  readonly judged?: Instant;
  readonly asked?: Instant;
  readonly answered?: Instant;
  readonly firstWrite?: Instant;
  /** When each way back began, in the order in which they were tried. */
  readonly ways: readonly { readonly rung: number; readonly at: Instant }[];
  readonly settled?: Instant;
  /** When the way back met a newer deployment. */
  readonly overtaken?: Instant;
  /** Start of the unbroken run of healthy polls. */
  readonly restored?: Instant;
  readonly proven?: Instant;
  readonly lastLook?: Instant;
  readonly ended: Instant;
}

/** Collects the instants from the document and from the states of the workflow. */
export function timesOf({ document, states, end, charts }: Material): Times {
  if (document === null) return { ways: [], ended: end.endedAt };
  const { request, verdict, settled } = document;
  const suspected = suspectIn(document);
  return {
    ...suspected,
    ...harmIn(document, charts, suspected),
    ...(request.trigger !== undefined && { triggered: request.trigger.at }),
    ...(verdict !== undefined && { judged: verdict.at }),
    ...questionIn(document, states),
    ...writesIn(document, states),
    ...(settled?.state === 'settled' && { settled: settled.at }),
    ...(settled?.state === 'overtaken' && { overtaken: lastPoll(states) ?? end.endedAt }),
    ...healthIn(document),
    ended: end.endedAt,
  };
}

function lastPoll(states: readonly Entered[]): Instant | undefined {
  return states.findLast(({ name }) => name === 'Settle')?.at;
}

/** Returns the deployment at fault, if the plan knows it. */
function suspectIn(document: Rollback): Pick<Times, 'suspect'> {
  const { plan } = document;
  if (plan === undefined) return {};
  const known = plan.recent ?? (plan.deployment === undefined ? [] : [plan.deployment]);
  const { suspect } = courseOf(document, known);
  return suspect === null ? {} : { suspect };
}

function harmIn(
  document: Rollback,
  charts: Material['charts'],
  { suspect }: Pick<Times, 'suspect'>,
): Pick<Times, 'began' | 'breach'> {
  const began = beganIn(document, suspect);
  if (began === null) return {};
  const breach = breachIn(charts, began.at, document.health?.state === 'proven');
  return { began, ...(breach !== null && { breach }) };
}

function questionIn({ approval }: Rollback, states: readonly Entered[]): Pick<Times, 'asked' | 'answered'> {
  const asked = states.find(({ name }) => name === 'Approve')?.at;
  if (asked === undefined) return {};
  const answered = approval !== undefined && 'at' in approval ? approval.at : undefined;
  return { asked, ...(answered !== undefined && { answered }) };
}

/** A rung that failed before it wrote counts as a way that was tried, and not as a write. */
function writesIn(
  { stopped, reverted }: Rollback,
  states: readonly Entered[],
): Pick<Times, 'firstWrite' | 'ways'> {
  if (reverted === undefined)
    return { ways: [], ...(stopped !== undefined && 'at' in stopped && { firstWrite: stopped.at }) };
  const entered = states.filter(({ name }) => name === 'Revert').map(({ at }) => at);
  const left = reverted.left.filter(({ rung }) => rung !== reverted.rung);
  const ways = [
    ...left.map(({ rung }, index) => ({ rung, at: entered[index] ?? reverted.at })),
    { rung: reverted.rung, at: reverted.at },
  ];
  const isWritten = reverted.state !== 'failed' || reverted.touched === true;
  const first = stopped !== undefined && 'at' in stopped ? stopped.at : isWritten ? ways[0]?.at : undefined;
  return { ways, ...(first !== undefined && { firstWrite: first }) };
}

function healthIn({ health }: Rollback): Pick<Times, 'restored' | 'proven' | 'lastLook'> {
  if (health === undefined) return {};
  const restored = 'healthySince' in health ? health.healthySince : undefined;
  return {
    ...(restored !== undefined && { restored }),
    ...(health.state === 'proven' && { proven: health.at }),
    lastLook: health.at,
  };
}
