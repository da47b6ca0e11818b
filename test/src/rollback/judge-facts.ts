import type { Earlier } from '../../../src/rollback/earlier.ts';
import type { Facts, OtherAlarm, StateChange } from '../../../src/rollback/facts.ts';
import type {
  Deployment,
  Joinable,
  NothingToDo,
  NoWayBack,
  Ready,
  Tags,
} from '../../../src/rollback/plan.ts';
import type { AlarmTrigger, Request } from '../../../src/rollback/request.ts';

/** A bad release of checkout at 03:00, and the alarm that turned at 03:04: nothing speaks against going back. */
export const TARGET = 'ecs:prod/checkout';
export const GOOD = { id: 'revision-41', name: 'checkout:41' };
export const BAD = { id: 'revision-42', name: 'checkout:42' };
export const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
export const NOW = at('03:05');

export const DEPLOYMENT: Deployment = {
  id: 'deployment-42',
  state: 'in-flight',
  startedAt: at('03:00'),
  revision: BAD,
  isRollback: false,
};

export const ALARM: AlarmTrigger = {
  type: 'alarm',
  id: 'alarm-1',
  at: at('03:04'),
  alarm: 'checkout-5xx',
  previously: 'OK',
};
export const BY_ALARM: Request = {
  target: TARGET,
  reason: 'alarm checkout-5xx turned to ALARM',
  trigger: ALARM,
};
export const BY_HAND: Request = { target: TARGET, reason: 'customers call' };
export const BY_REQUEST: Request = {
  target: TARGET,
  reason: 'customers call',
  trigger: { type: 'request', id: 'event-1', at: at('03:04'), by: 'ada' },
};
export const BY_ALERT: Request = {
  target: TARGET,
  reason: 'the alert checkout-down fires',
  trigger: { type: 'request', id: 'event-3', at: at('03:04'), by: 'alertmanager', automatic: true },
};
export const BY_LOOKOUT: Request = {
  target: TARGET,
  reason: 'the lookout accuses checkout:42',
  trigger: {
    ...{ type: 'lookout', id: 'deployment-42 lookout', at: at('03:04') },
    ...{ deployment: DEPLOYMENT.id, revision: BAD.id, since: at('03:02') },
    ...{ by: 'control', saw: ['13 of 35 probes failed.'] },
  },
};
export const BY_DEPLOYMENT: Request = {
  target: TARGET,
  reason: 'deployment failed',
  trigger: {
    type: 'deployment',
    id: 'event-2',
    at: at('03:04'),
    deployment: 'ecs-svc/42',
    reason: 'tasks failed to start',
  },
};

export function planOf(tags: Tags = { lastgood: 'auto' }, changed: Partial<Ready> = {}): Ready {
  return {
    state: 'ready',
    at: NOW,
    tags,
    deployment: DEPLOYMENT,
    watch: { targetGroups: [], alarms: [], probes: [] },
    source: 'ledger',
    from: BAD,
    to: GOOD,
    fromTags: {},
    rungs: [{ name: 'stop-deployment', does: 'stops the rollout', withinSeconds: 600 }],
    memo: null,
    ...changed,
  };
}

export const joinOf = (tags: Tags): Joinable => ({ ...planOf(tags), state: 'join' });
export const omit = <T extends object>(from: T, name: keyof T): T =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name)) as T;
export const withoutDeployment = (): Ready => omit(planOf(), 'deployment');
export const without = (state: 'nothing-to-do' | 'no-way-back', reason: string): NothingToDo | NoWayBack => ({
  state,
  at: NOW,
  tags: { lastgood: 'auto' },
  reason,
  deployment: DEPLOYMENT,
});

export const turned = (clock: string, from: StateChange['from'], to: StateChange['to']): StateChange => ({
  at: at(clock),
  from,
  to,
});
export const found = <T>(is: T) => ({ known: true as const, is });
export const unknown = (why: string) => ({ known: false as const, why });

/** Other alarms that turned with the triggering one. */
export const red = (...names: string[]): OtherAlarm[] =>
  names.map((about) => ({ about, relation: 'unknown', at: at('03:04') }));

export const EARLIER: Earlier = {
  execution: 'execution-0',
  automatic: true,
  startedAt: at('02:20'),
  ended: { at: at('02:30'), as: 'rolled-back' },
  from: 'revision-40',
};

export const FREEZE = { reason: 'sale', by: 'ada' };

export function facts(changed: Partial<Facts> = {}): Facts {
  return {
    request: BY_ALARM,
    plan: planOf(),
    takenUpAt: NOW,
    history: found([turned('03:04', 'OK', 'ALARM')]),
    others: found([]),
    condemned: [],
    earlier: [],
    freeze: null,
    ...changed,
  };
}
