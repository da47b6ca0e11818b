import { describe, expect, it, test } from 'vitest';
import type { BusEvent } from '../../../../../src/targets/kind.ts';
import { kind, profileOf, targetOf } from '../../../../../src/targets/kinds/appconfig/target.ts';

const TARGET = 'appconfig:ba8toh7/pgil2o7/ga3tqep';
const PARTS = {
  Application: { Id: 'ba8toh7', Name: 'shop' },
  Environment: { Id: 'pgil2o7', Name: 'prod' },
  ConfigurationProfile: { Id: 'ga3tqep', Name: 'flags' },
  DeploymentNumber: 7,
  ConfigurationVersion: '4',
};

function event(type: string, detail: unknown = PARTS): BusEvent {
  return {
    ...{ id: 'e1', source: 'aws.appconfig', 'detail-type': type, account: '111122223333' },
    ...{ region: 'eu-west-1', time: '2026-11-22T03:00:00Z', detail },
    resources: ['arn:aws:appconfig:eu-west-1:111122223333:extensionassociation/z763ff5'],
  };
}

describe('a target of AppConfig', () => {
  it('is three ids', () => {
    expect(kind.problemOf('ba8toh7/pgil2o7/ga3tqep')).toBeNull();
    expect(targetOf(profileOf(TARGET))).toBe(TARGET);
  });

  it.each([
    'shop',
    'ba8toh7/pgil2o7',
    'My-App/prod/flags',
    'ba8toh7/pgil2o7/ga3tqep/1',
    'ba8/pgil2o7/ga3tqep',
  ])('is not %s', (name) => {
    expect(kind.problemOf(name)).toContain('must be the ids');
  });

  it('is in no dimensions, and an environment is none: it has several profiles', () => {
    expect(kind.fromDimensions({ Environment: 'prod' })).toBeNull();
    expect(
      kind.fromArn('arn:aws:appconfig:eu-west-1:111122223333:application/ba8toh7/environment/pgil2o7'),
    ).toBe(null);
  });
});

describe('an event of AppConfig', () => {
  it.each([
    ['On Deployment Start', 'started'],
    ['On Deployment Complete', 'completed'],
  ])('%s is read by the ids in its detail, and not by its resources', (type, state) => {
    expect(kind.fromDeploymentEvent(event(type))).toEqual({
      ...{ target: TARGET, deployment: '7', state, at: '2026-11-22T03:00:00Z', reason: '' },
    });
  });

  it.each(['On Deployment Rollback', 'On Deployment Rolled Back', 'On Deployment Step', 'constructor'])(
    '%s says nothing of a failure',
    (type) => {
      expect(kind.fromDeploymentEvent(event(type))).toBeNull();
    },
  );

  it('of another service is none', () => {
    expect(kind.fromDeploymentEvent({ ...event('On Deployment Start'), source: 'shop' })).toBeNull();
  });

  it('with other ids than AppConfig has names no target', () => {
    const detail = { ...PARTS, Environment: { Id: 'not an id' } };
    expect(kind.fromDeploymentEvent(event('On Deployment Start', detail))).toBeNull();
  });

  test.each([
    ['detail', null],
    ['detail.Environment', { ...PARTS, Environment: 'prod' }],
    ['detail.Id', { ...PARTS, Application: { Name: 'shop' } }],
    ['detail.DeploymentNumber', { ...PARTS, DeploymentNumber: '7' }],
  ])('that cannot be read is refused by its field: %s', (field, detail) => {
    expect(() => kind.fromDeploymentEvent(event('On Deployment Start', detail))).toThrow(
      expect.objectContaining({ name: 'InvalidRequest', field }),
    );
  });
});
