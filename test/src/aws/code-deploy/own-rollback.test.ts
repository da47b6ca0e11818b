import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { descriptionOf, isOurs } from '../../../../src/aws/code-deploy/description.ts';
import {
  endingOf,
  inTheWay,
  isAboutToBeRolledBack,
  isInFlight,
  mayStillBeRolledBack,
  type Ending,
} from '../../../../src/aws/code-deploy/own-rollback.ts';

const ENDED = '2026-11-22T03:04:00.000Z';
const SOON = '2026-11-22T03:05:59.000Z';
const LATE = '2026-11-22T03:06:00.000Z';

const info = (more: object = {}): DeploymentInfo => ({
  status: 'Stopped',
  completeTime: new Date(ENDED),
  errorInformation: { code: 'ALARM_ACTIVE' },
  autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM'] },
  ...more,
});

describe('a deployment that ended', () => {
  it.each([
    [{}, true],
    [{ autoRollbackConfiguration: { enabled: false, events: ['DEPLOYMENT_STOP_ON_ALARM'] } }, false],
    [{ errorInformation: { code: 'MANUAL_STOP' } }, false],
    [{ status: 'Failed' }, false],
    [
      { status: 'Failed', autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } },
      true,
    ],
    [{ status: 'Succeeded' }, false],
    [{ rollbackInfo: { rollbackDeploymentId: 'd-BACK' } }, false],
    [{ rollbackInfo: { rollbackMessage: 'There is no revision to roll back to.' } }, false],
  ])('is about to be rolled back: %j: %s', (more, is) => {
    expect(isAboutToBeRolledBack(endingOf(info(more)), SOON)).toBe(is);
  });

  it('may be rolled back for two minutes', () => {
    expect(mayStillBeRolledBack(endingOf(info()), SOON)).toBe(true);
    expect(mayStillBeRolledBack(endingOf(info()), LATE)).toBe(false);
  });

  it.each([
    ['Failed', 'HEALTH_CONSTRAINTS', true],
    ['Stopped', 'ALARM_ACTIVE', true],
    ['Stopped', 'MANUAL_STOP', false],
    ['Stopped', undefined, false],
    ['Succeeded', undefined, false],
  ])('ended without a stop request: %s for %s: %s', (status, code, is) => {
    expect(endingOf(info({ status, errorInformation: { code } })).endedByItself).toBe(is);
  });

  it.each([
    ['Succeeded', false],
    ['Baking', true],
    ['Ready', true],
    ['What AWS adds', true],
  ])('is in flight: %s: %s', (status, is) => {
    expect(isInFlight(endingOf(info({ status })))).toBe(is);
  });
});

describe('the deployment in the way', () => {
  const none: Ending = endingOf(info({ autoRollbackConfiguration: {} }));
  const reads = (rollback: Ending | null) => ({ deployment: () => Promise.resolve(rollback) });
  const running = endingOf(info({ status: 'InProgress' }));

  it('is the deployment while it is in flight or about to go back', async () => {
    expect(await inTheWay(reads(null), running, false)).toBe(running);
    expect(await inTheWay(reads(null), none, true)).toBe(none);
    expect(await inTheWay(reads(null), none, false)).toBeNull();
  });

  it('is its rollback while that is in flight', async () => {
    const taken = { ...none, rolledBackBy: 'd-BACK' };
    expect(await inTheWay(reads(running), taken, false)).toBe(running);
    expect(await inTheWay(reads(none), taken, false)).toBeNull();
    expect(await inTheWay(reads(null), taken, false)).toBeNull();
  });
});

describe('a deployment of Lastgood', () => {
  it('is recognised by the execution that created it', () => {
    const description = descriptionOf('arn:aws:states:eu-west-1:111122223333:execution:lastgood:abc');
    expect(description).toBe('Lastgood rollback abc');
    expect(isOurs({ description })).toBe(true);
  });

  it('is recognised by the prefix of earlier versions', () => {
    expect(isOurs({ description: 'Lastgood goes back: abc' })).toBe(true);
    expect(isOurs({ description: 'release 42' })).toBe(false);
  });
});
