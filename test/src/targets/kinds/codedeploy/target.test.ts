import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOf, kind } from '../../../../../src/targets/kinds/codedeploy/target.ts';
import { readDeployment } from '../../../../../src/targets/deployment.ts';
import type { BusEvent } from '../../../../../src/targets/kind.ts';

const detail = {
  region: 'eu-west-1',
  deploymentId: 'd-ABCDEF123',
  instanceGroupId: '11111111-0000-4000-8000-000000000000',
  deploymentGroup: 'fleet',
  state: 'FAILURE',
  application: 'checkout',
};

function event(more: Partial<BusEvent> = {}, details: Record<string, unknown> = {}): BusEvent {
  return {
    id: 'b3b0e7ce-0000-4000-8000-000000000000',
    source: 'aws.codedeploy',
    'detail-type': 'CodeDeploy Deployment State-change Notification',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2026-11-22T03:09:36Z',
    resources: [],
    detail: { ...detail, ...details },
    ...more,
  };
}

describe('names', () => {
  it('reads an application and a group', () => {
    expect(kind.problemOf('checkout.api_2/fleet-1')).toBeNull();
    expect(groupOf('codedeploy:checkout/fleet')).toEqual({ application: 'checkout', group: 'fleet' });
  });

  it.each(['', 'checkout', 'checkout/', '/fleet', 'a/b/c', 'check out/fleet', `${'a'.repeat(101)}/b`])(
    'refuses %j',
    (name) => expect(kind.problemOf(name)).not.toBeNull(),
  );
});

describe('alarm dimensions', () => {
  it.each([
    { ApplicationName: 'checkout', DeploymentGroupName: 'fleet' },
    { Application: 'checkout', DeploymentGroup: 'fleet' },
  ])('finds the group in %j', (dimensions) => expect(kind.fromDimensions(dimensions)).toBe('checkout/fleet'));

  it.each([
    {},
    { ApplicationName: 'checkout' },
    { DeploymentGroup: 'fleet' },
    { ApplicationName: 'a b', DeploymentGroup: 'c' },
  ])('finds nothing in %j', (dimensions) => expect(kind.fromDimensions(dimensions)).toBeNull());
});

describe('ARNs', () => {
  it('name a deployment group that a target can name', () => {
    const arn = 'arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup';
    expect(kind.fromArn(`${arn}:checkout/fleet`)).toBe('checkout/fleet');
    expect(kind.fromArn(`${arn}:check out/fleet`)).toBeNull();
    expect(kind.fromArn('arn:aws:codedeploy:eu-west-1:111122223333:application:checkout')).toBeNull();
  });
});

describe('deployment events', () => {
  it.each([
    ['START', 'started'],
    ['SUCCESS', 'completed'],
    ['FAILURE', 'failed'],
  ])('%s says that it %s', (state, said) => {
    expect(kind.fromDeploymentEvent(event({}, { state }))).toEqual({
      target: 'codedeploy:checkout/fleet',
      deployment: 'd-ABCDEF123',
      state: said,
      at: '2026-11-22T03:09:36Z',
      reason: '',
    });
  });

  it.each([
    ['a stop, which a person may have wanted', event({}, { state: 'STOP' })],
    ['a wait', event({}, { state: 'READY' })],
    ['the end of one instance', event({ 'detail-type': 'CodeDeploy Instance State-change Notification' })],
    ['another source', event({ source: 'acme.codedeploy' })],
    ['a name that is none', event({}, { application: 'a/b' })],
    ['a state of every object', event({}, { state: 'constructor' })],
  ])('ignores %s', (_, ignored) => expect(kind.fromDeploymentEvent(ignored)).toBeNull());

  it.each([
    ['detail', event({ detail: [] })],
    ['detail.deploymentId', event({}, { deploymentId: '' })],
    ['detail.application', event({}, { application: undefined })],
    ['detail.deploymentGroup', event({}, { deploymentGroup: 7 })],
  ])('rejects an event without %s', (field, broken) =>
    expect(readDeployment(broken)).toMatchObject({ kind: 'rejected', field }),
  );

  it('throws only errors that name a field', () => {
    fc.assert(
      fc.property(fc.anything(), (nonsense) => {
        expect(['rejected', 'ignored', 'deployment']).toContain(
          readDeployment(event({ detail: nonsense })).kind,
        );
      }),
    );
  });
});

/** Payloads recorded elsewhere. They are not part of the project, so the tests read them only if they exist. */
const CORPUS = path.resolve(import.meta.dirname, '../../../../../shared/corpus/codedeploy-events');
const files = existsSync(CORPUS) ? globSync('*.json', { cwd: CORPUS }).sort() : [];

describe.skipIf(files.length === 0)('recorded events', () => {
  it.each(files)('%s', (file) => {
    const recorded = JSON.parse(readFileSync(path.join(CORPUS, file), 'utf8')) as BusEvent;
    const isRead = /deployment_state_change.*(start|success|failure)/.test(file);
    const read = kind.fromDeploymentEvent(recorded);
    expect(read?.target ?? null).toBe(isRead ? 'codedeploy:myApplication/myDeploymentGroup' : null);
  });
});
