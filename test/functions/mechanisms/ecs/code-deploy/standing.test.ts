import { describe, expect, it } from 'vitest';
import type { CodeDeployment } from '../../../../../functions/mechanisms/ecs/code-deploy/code-deploy.ts';
import { standingOf } from '../../../../../functions/mechanisms/ecs/code-deploy/standing.ts';

const NOW = '2026-11-22T04:00:00.000Z';
const bad: CodeDeployment = {
  id: 'd-BAD',
  application: 'shop',
  group: 'checkout',
  status: 'InProgress',
  reason: '',
  createdAt: '2026-11-22T03:50:00.000Z',
  finishedAt: null,
  revision: {},
  description: '',
  rolledBackBy: null,
  rollbackOf: null,
  divides: false,
  listeners: [],
  groups: [],
  rollbackMessage: '',
  isToBeRolledBack: false,
  endedByItself: false,
};
const stopped: CodeDeployment = { ...bad, status: 'Stopped', finishedAt: '2026-11-22T03:59:50.000Z' };
const back: CodeDeployment = { ...bad, id: 'd-BACK', rollbackOf: 'd-BAD', createdAt: NOW };

describe('the standing of the newest deployment', () => {
  it.each([
    ['rolling-out', [bad]],
    ['rolling-out', [{ ...bad, status: 'Ready' as const }]],
    ['at-rest', [{ ...bad, status: 'Succeeded' as const }]],
    ['at-rest', [stopped]],
    ['rolling-back', [{ ...stopped, isToBeRolledBack: true }]],
    ['at-rest', [{ ...stopped, isToBeRolledBack: true, finishedAt: '2026-11-22T03:55:00.000Z' }]],
    ['rolling-back', [back, stopped]],
    ['went-back', [{ ...back, status: 'Succeeded' as const }, stopped]],
    ['at-rest', [{ ...back, status: 'Failed' as const }, stopped]],
  ])('%s', (state, deployments) => {
    expect(standingOf(deployments, NOW)).toMatchObject({ state, atFault: { id: 'd-BAD' } });
  });

  it('is null without a deployment', () => {
    expect(standingOf([], NOW)).toBeNull();
  });
});
