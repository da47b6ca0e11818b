import type { Claimed, InReversion, OnRung, Planned, Started, Stopped } from '../../src/rollback/document.ts';
import type { Mechanism } from '../../src/rollback/mechanism.ts';
import type { Joinable, Plan, Ready } from '../../src/rollback/plan.ts';
import type { Request } from '../../src/rollback/request.ts';
import { currentRung, recordRevert } from '../../src/rollback/rungs.ts';

const AT = '2026-11-22T04:00:00.000Z';

/** Returns the document as Claim leaves it. */
export function claimed(target: string, more: Partial<Request> = {}): Claimed {
  const execution = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood:1';
  const claim = {
    kind: target.split(':')[0]!,
    holder: execution,
    since: AT,
    expiresAt: '2026-11-22T08:00:00.000Z',
  };
  return { request: { target, reason: 'it hurts', ...more }, execution, claim };
}

/** Returns a plan with a way back, or fails the test with the plan's reason. */
export function withWay(plan: Plan): Ready | Joinable {
  if (plan.state === 'ready' || plan.state === 'join') return plan;
  throw new Error(`${plan.state}: ${plan.reason}`);
}

export async function planned(
  mechanism: Mechanism,
  target: string,
  more: Partial<Request> = {},
): Promise<OnRung> {
  const document = claimed(target, more);
  const plan = withWay(await mechanism.plan(document));
  return { ...document, plan, verdict: { verdict: 'act', at: AT, reasons: ['it hurts'] }, rung: 0 };
}

export async function stopped(
  mechanism: Mechanism,
  document: OnRung,
): Promise<OnRung & { readonly stopped: Stopped }> {
  return { ...document, stopped: await mechanism.stop(document) };
}

/** Runs one Revert on the current rung, and records it as the step does. */
export async function reverted(mechanism: Mechanism, document: Planned): Promise<OnRung> {
  const rung = currentRung(document);
  const way = await mechanism.revert({ ...document, rung });
  return { ...document, rung, reverted: recordRevert(document, way, AT) };
}

/** Reverts rung by rung until one has started. */
export async function started(mechanism: Mechanism, document: Planned): Promise<InReversion> {
  const after = await reverted(mechanism, document);
  if (after.reverted?.state !== 'failed') return { ...after, reverted: after.reverted as Started };
  if (!after.reverted.more) throw new Error(`no rung could be started: ${after.reverted.reason}`);
  return started(mechanism, after);
}
