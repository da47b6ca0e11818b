import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { LookedAt } from '../../../src/ledger/lookouts.ts';
import type { Outcome } from '../../../src/rollback/outcome.ts';
import type { Heard, Request, Trigger } from '../../../src/rollback/request.ts';
import { after } from '../../../src/rollback/time.ts';

export const TARGET = 'ecs:prod/checkout';
/** When the deployment of `checkout:2` began. */
export const BEGAN = '2026-11-22T03:00:00.000Z';
export const NEWER = { id: 'revision/2', name: 'checkout:2' };
export const OLDER = { id: 'revision/1', name: 'checkout:1' };
/** Returns an instant by its seconds since the deployment began. */
export const at = (seconds: number) => after(BEGAN, seconds);

export const looked = (more: Partial<LookedAt> = {}): LookedAt => ({
  ...{ target: TARGET, deployment: 'ecs-svc/2', startedAt: BEGAN, endedAt: at(2400) },
  ...{ revision: NEWER, older: OLDER, mode: 'observe', windowMinutes: 60, looks: 90 },
  ...{ state: 'quiet', says: ['90 looks through its soak of 30 minutes saw nothing against it.'] },
  ...more,
});

/** A lookout that never read the sides. */
export const UNREAD: LookedAt = {
  ...{ target: TARGET, deployment: 'ecs-svc/2', startedAt: BEGAN, endedAt: at(2400) },
  ...{ mode: 'observe', looks: 0, state: 'ended', says: ['AWS shows no deployment.'] },
};

/** A lookout that accused so many seconds after the deployment began. */
export const accusedAt = (seconds: number, more: Partial<LookedAt> = {}): LookedAt =>
  looked({
    ...{ state: 'accused', accusedAt: at(seconds), endedAt: at(seconds + 1), looks: 7 },
    says: ['3 tasks crashed.', 'No task of the revision before did.'],
    ...more,
  });

const reason = 'it hurts';
export const alarm = (seconds: number, name = 'checkout-5xx'): Request & { readonly trigger: Trigger } => ({
  ...{ target: TARGET, reason },
  trigger: { type: 'alarm', id: `${name} ${seconds}`, at: at(seconds), alarm: name },
});
export const alert = (seconds: number): Request => ({
  ...{ target: TARGET, reason },
  trigger: { type: 'request', id: 'alert', at: at(seconds), by: 'grafana', automatic: true },
});
export const byLookout = (seconds: number, more: object = {}): Request => ({
  ...{ target: TARGET, reason: 'the lookout accuses checkout:2: 3 tasks crashed.' },
  trigger: {
    ...{ type: 'lookout', id: 'ecs-svc/2 lookout', at: at(seconds), deployment: 'deployment/2' },
    ...{ revision: NEWER.id, since: at(seconds - 20), by: 'control', saw: ['3 tasks crashed.'] },
    ...more,
  },
});

const ENDS: Readonly<Record<string, Pick<Outcome, 'state' | 'reason'>>> = {
  acted: { state: 'rolled-back', reason: 'checkout:1 runs again.' },
  dirty: { state: 'failed-dirty', reason: 'Its health was not proven.' },
  observed: { state: 'skipped', reason: 'Only observed. It is tagged so.' },
  asked: { state: 'skipped', reason: 'No answer came in time, and silence means stay.' },
  denied: { state: 'skipped', reason: 'slack:U0ADA decided not to go back.' },
  skipped: { state: 'skipped', reason: 'It was not the deployment.' },
};
export type End = 'acted' | 'dirty' | 'observed' | 'asked' | 'denied' | 'skipped' | 'running';

/** The record of a rollback that found `checkout:2` at fault. */
export function record(
  request: Request,
  end: End,
  more: Partial<RollbackRecord> = {},
  alsoTriggeredBy: readonly Heard[] = [],
): RollbackRecord {
  const is = ENDS[end];
  return {
    ...{ target: TARGET, execution: `arn:rollback:${end}`, startedAt: request.trigger?.at ?? BEGAN },
    ...{ request, alsoTriggeredBy, automatic: true, from: NEWER.id, to: OLDER.id },
    ...(is && { outcome: { ...is, at: at(9_000), advice: [] } }),
    ...more,
  };
}
