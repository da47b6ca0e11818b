import { describe, expect, it } from 'vitest';
import { externalOf, kind, targetOf } from '../../../../../src/targets/kinds/external/target.ts';
import { readReport, writeReport } from '../../../../../src/targets/report-id.ts';

describe('a target of the kind external', () => {
  it.each(['argocd/checkout', 'hcp-terraform/ws-4.a_B', `a/${'n'.repeat(128)}`])('may be %s', (name) => {
    expect(kind.problemOf(name)).toBeNull();
    expect(targetOf(externalOf(`external:${name}`))).toBe(`external:${name}`);
  });

  it.each([
    ['argocd', 'must be a system and a name'],
    ['argocd/', 'must be a system and a name'],
    ['argocd/prod/checkout', 'must be a system and a name'],
    ['Argo/checkout', 'must be a system of lower case'],
    ['argocd/check out', 'must be a name of letters'],
    [`argocd/${'n'.repeat(129)}`, 'must be a name of letters'],
  ])('may not be %s', (name, problem) => {
    expect(kind.problemOf(name)).toContain(problem);
  });

  it.each([
    ['arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/external/argocd/checkout', 'argocd/checkout'],
    ['arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/external/argocd', null],
    ['arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/prod/pause', null],
    ['arn:aws:lambda:eu-west-1:111122223333:function:lastgood', null],
  ])('is registered by the parameter %s', (arn, name) => {
    expect(kind.fromArn(arn)).toBe(name);
  });

  it('has no dimensions', () => {
    expect(kind.fromDimensions({ Service: 'checkout' })).toBeNull();
  });
});

const DETAIL = {
  target: 'external:argocd/checkout',
  deployment: '7',
  revision: '3f2a9c1',
  state: 'completed',
};
const event = (detail: object, more: object = {}) => ({
  id: 'e',
  source: 'argocd.shop',
  'detail-type': 'Deployment Reported',
  account: '111122223333',
  region: 'eu-west-1',
  time: '2026-11-22T03:00:00Z',
  resources: [],
  detail,
  ...more,
});

describe('a report', () => {
  it('carries its source and its revision in its id', () => {
    const observed = kind.fromDeploymentEvent(event(DETAIL));
    expect(observed).toEqual({
      target: DETAIL.target,
      deployment: '7 3f2a9c1 argocd.shop',
      state: 'completed',
      at: '2026-11-22T03:00:00Z',
      reason: '',
      isReport: true,
    });
    expect(readReport(observed!.deployment)).toEqual({
      deployment: '7',
      revision: '3f2a9c1',
      source: 'argocd.shop',
    });
  });

  it.each([
    ['of a target of AWS', { ...DETAIL, target: 'ecs:prod/checkout' }, 'detail.target'],
    ['with a space in its revision', { ...DETAIL, revision: 'a b' }, 'detail.revision'],
    ['of an unknown state', { ...DETAIL, state: 'done' }, 'detail.state'],
    ['with an unknown field', { ...DETAIL, at: 'now' }, 'detail.at'],
    ['without a deployment', { ...DETAIL, deployment: undefined }, 'detail.deployment'],
  ])('%s is refused, and the field is named', (_, detail, field) => {
    expect(() => kind.fromDeploymentEvent(event(detail))).toThrow(
      expect.objectContaining({ name: 'InvalidRequest', field }) as Error,
    );
  });

  it('of a source with a space is refused', () => {
    expect(() => kind.fromDeploymentEvent(event(DETAIL, { source: 'argo cd' }))).toThrow(/source/);
  });

  it.each([
    ['another detail type', { 'detail-type': 'Rollback Answered' }],
    ['a service of AWS', { source: 'aws.ecs' }],
  ])('is not %s', (_, more) => {
    expect(kind.fromDeploymentEvent(event(DETAIL, more))).toBeNull();
  });

  it('has an id that can be read back, or is none', () => {
    const id = { deployment: '7', revision: 'v1', source: 's' };
    expect(readReport(writeReport(id))).toEqual(id);
    for (const text of ['7', '7 v1', '7 v1 s more', '']) expect(readReport(text)).toBeNull();
  });
});
