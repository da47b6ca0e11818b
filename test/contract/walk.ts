import type {
  Claimed,
  InReversion,
  OnRung,
  Plannable,
  Planned,
  Started,
  Stopped,
} from '../../src/rollback/document.ts';
import { remembering } from '../../src/rollback/doors.ts';
import type { Mechanism } from '../../src/rollback/mechanism.ts';
import type { Joinable, Plan, Ready } from '../../src/rollback/plan.ts';
import type { Request } from '../../src/rollback/request.ts';
import { currentRung, recordRevert } from '../../src/rollback/rungs.ts';

const AT = '2026-11-22T04:00:00.000Z';

/** Returns the input of a plan. */
export function wanted(target: string, more: Partial<Request> = {}): Plannable {
  return { request: { target, reason: 'it hurts', ...more }, since: AT };
}

/** Returns the document as Claim leaves it. */
export function claimed(target: string, more: Partial<Request> = {}): Claimed {
  const execution = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood:1';
  const claim = {
    kind: target.split(':')[0]!,
    holder: execution,
    since: AT,
    expiresAt: '2026-11-22T08:00:00.000Z',
  };
  return { request: wanted(target, more).request, execution, claim };
}

/** Returns a plan with a way back, or fails the test with the plan's reason. */
export function withWay<Memo>(plan: Plan<Memo>): Ready<Memo> | Joinable<Memo> {
  if (plan.state === 'ready' || plan.state === 'join') return plan;
  throw new Error(`${plan.state}: ${plan.reason}`);
}

/** Returns the document as the next verb receives it: from Step Functions, with its memo read at the door. */
export async function planned<Memo>(
  mechanism: Mechanism<Memo>,
  target: string,
  more: Partial<Request> = {},
): Promise<OnRung<Memo>> {
  const plan = travelled(withWay(await mechanism.plan(wanted(target, more))));
  const verdict = { verdict: 'act', at: AT, reasons: ['it hurts'] } as const;
  return remembering({ ...claimed(target, more), plan, verdict, rung: 0 }, mechanism.memo);
}

/** Returns a plan as it leaves Step Functions. */
export function travelled<P extends Plan>(plan: P): P {
  return JSON.parse(JSON.stringify(plan)) as P;
}

export async function stopped<Memo>(
  mechanism: Mechanism<Memo>,
  document: OnRung<Memo>,
): Promise<OnRung<Memo> & { readonly stopped: Stopped }> {
  return { ...document, stopped: await mechanism.stop(document) };
}

/** Runs one Revert on the current rung, and records it as the step does. */
export async function reverted<Memo>(
  mechanism: Mechanism<Memo>,
  document: Planned<Memo>,
): Promise<OnRung<Memo>> {
  const rung = currentRung(document);
  const way = await mechanism.revert({ ...document, rung });
  return { ...document, rung, reverted: recordRevert(document, way, AT) };
}

/** Reverts rung by rung until one has started. */
export async function started<Memo>(
  mechanism: Mechanism<Memo>,
  document: Planned<Memo>,
): Promise<InReversion<Memo>> {
  const after = await reverted(mechanism, document);
  if (after.reverted?.state !== 'failed') return { ...after, reverted: after.reverted as Started };
  if (!after.reverted.more) throw new Error(`no rung could be started: ${after.reverted.reason}`);
  return started(mechanism, after);
}
