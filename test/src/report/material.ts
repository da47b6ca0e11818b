import type { Rollback } from '../../../src/rollback/document.ts';
import type { Material } from '../../../src/report/material.ts';

export const EXECUTION =
  'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:ecs-prod-checkout-1';

const at = (time: string) => `2026-11-22T${time}.000Z`;
const [bad, good] = [
  { id: 'revision/bad', name: 'checkout:42' },
  { id: 'revision/good', name: 'checkout:41' },
];

export const document: Rollback = {
  request: {
    target: 'ecs:prod/checkout',
    reason: 'alarm checkout-5xx turned to ALARM',
    trigger: {
      type: 'alarm',
      id: 'alarm 1',
      at: at('02:14:56'),
      alarm: 'checkout-5xx',
      onset: { at: at('02:12:00'), until: at('02:13:00') },
    },
  },
  execution: EXECUTION,
  claim: { kind: 'ecs', holder: EXECUTION, since: at('02:14:57'), expiresAt: at('06:14:57') },
  plan: {
    state: 'ready',
    at: at('02:14:58'),
    tags: { lastgood: 'auto' },
    recent: [
      {
        id: 'deployment/bad',
        state: 'completed',
        startedAt: at('02:11:50'),
        finishedAt: at('02:13:10'),
        revision: bad,
        isRollback: false,
      },
    ],
    watch: { targetGroups: [], alarms: ['checkout-5xx'], probes: [] },
    source: 'ledger',
    from: bad,
    to: good,
    fromTags: {},
    rungs: [
      { name: 'stop-deployment', does: 'stop the deployment', withinSeconds: 600 },
      { name: 'redeploy', does: 'deploy checkout:41 again', withinSeconds: 1800 },
      { name: 'copy', does: 'register checkout:41 anew', withinSeconds: 1800 },
    ],
    notes: ['checkout:40 was passed over: it is not proven.'],
    changes: ['image of app: shop:v2 → shop:v1', 'environment variable MODE of app: another value'],
    memo: {},
  },
  verdict: {
    verdict: 'act',
    at: at('02:14:59'),
    confidence: 0.88,
    reasons: ['The alarm was quiet before.', 'Load rose at the same time.'],
    against: ['Load rose at the same time.'],
    since: { at: at('02:12:00'), until: at('02:13:00') },
  },
  stopped: { state: 'stopped', at: at('02:15:00'), deployment: 'deployment/bad' },
  reverted: {
    state: 'started',
    rung: 1,
    at: at('02:16:30'),
    deployment: 'deployment/back',
    settleBy: at('02:46:30'),
    left: [{ rung: 0, reason: 'nothing was in flight' }],
  },
  gathered: {
    evidence: {
      at: at('02:15:10'),
      found: [
        { source: 'stopped tasks', lines: ['3 × checkout:42: exit code 137'] },
        { source: 'target health', lines: [] },
      ],
      missing: [{ source: 'logs', reason: 'no answer within 8 seconds' }],
      triage: { cause: 'out-of-memory', says: 'The container was killed.', because: ['exit code 137'] },
      companions: [
        {
          of: 'desired-count',
          says: 'The desired count went from 4 to 2.',
          command: 'aws ecs update-service --desired-count 4',
        },
      ],
    },
    published: [],
  },
  settled: { state: 'settled', at: at('02:18:00'), summary: '4 of 4 tasks run checkout:41' },
  health: {
    state: 'proven',
    at: at('02:21:16'),
    healthySince: at('02:19:13'),
    signs: [{ of: 'alarm checkout-5xx', state: 'healthy', says: 'is OK' }],
  },
};

export const material: Material = {
  execution: EXECUTION,
  target: 'ecs:prod/checkout',
  document,
  end: {
    outcome: 'rolled-back',
    reason: `checkout:41 runs again instead of checkout:42, healthy since ${at('02:19:13')}.`,
    advice: ['Deploy the fix as a new revision.'],
    endedAt: at('02:21:17'),
  },
  states: [
    { name: 'Claim', at: at('02:14:57') },
    { name: 'Revert', at: at('02:15:01') },
    { name: 'Revert', at: at('02:16:30') },
  ],
  charts: [
    {
      title: 'Alarm checkout-5xx',
      measures: 'share of failed requests',
      unit: 'percent',
      limit: { value: 5, breaches: 'above' },
      lines: [
        {
          name: 'measured',
          role: 'all',
          series: {
            start: at('02:05:00'),
            periodSeconds: 60,
            values: [0, 0, 0.2, null, 0, 0, 0, 22, 40, 39, 38, 0, 0, 0, 0, 0],
          },
        },
      ],
    },
  ],
  missing: [],
};
