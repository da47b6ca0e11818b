import type { Judged } from '../../../../scripts/lastgood/incident/past.ts';
import type { Background, Moment } from '../../../../scripts/lastgood/incident/moment.ts';
import type { Deployment, Ready } from '../../../../src/rollback/plan.ts';
import type { Verdict } from '../../../../src/rollback/verdict.ts';
import { ALARM, at, BAD, BY_ALARM, GOOD, NOW, TARGET } from '../../../src/rollback/judge-facts.ts';

/** checkout:41 was proven at 02:00, checkout:42 was deployed at 03:00, the alarm turned at 03:04, and Judge looks at 03:05. */
export { ALARM, at, BAD, BY_ALARM, GOOD, NOW, TARGET };

export const OLD: Deployment = {
  id: 'deployment-41',
  state: 'completed',
  startedAt: at('01:00'),
  finishedAt: at('01:05'),
  revision: GOOD,
  content: 'image=checkout@sha256:41',
  isRollback: false,
};

export const NEW: Deployment = {
  ...OLD,
  id: 'deployment-42',
  startedAt: at('03:00'),
  finishedAt: at('03:03'),
  revision: BAD,
  content: 'image=checkout@sha256:42',
};

export const PLAN: Ready = {
  state: 'ready',
  at: at('03:04'),
  tags: { lastgood: 'auto' },
  deployment: NEW,
  recent: [NEW, OLD],
  watch: { targetGroups: [], alarms: [], probes: [] },
  source: 'ledger',
  from: BAD,
  to: GOOD,
  fromTags: {},
  rungs: [{ name: 'redeploy', does: 'deploys the last known good', withinSeconds: 600 }],
  memo: null,
};

export const MOMENT: Moment = {
  at: NOW,
  request: { ...BY_ALARM, trigger: ALARM },
  plan: PLAN,
  measured: [],
  changes: [],
};

export const BACKGROUND: Background = {
  execution: 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:one',
  alarms: [],
  entries: [],
  records: [],
  dependencies: [],
};

export function judged(verdict: Partial<Verdict> = {}): Judged {
  return {
    request: BY_ALARM,
    execution: BACKGROUND.execution,
    claim: { kind: 'ecs', holder: BACKGROUND.execution, since: at('03:04'), expiresAt: at('07:04') },
    plan: PLAN,
    verdict: { verdict: 'act', at: NOW, reasons: [], ...verdict } as Verdict,
  };
}
