import { describe, expect, it } from 'vitest';
import { kind } from '../../../../../src/targets/kinds/pipeline/target.ts';

const event = (detail: object, more: object = {}) => ({
  id: '1',
  source: 'aws.codepipeline',
  'detail-type': 'CodePipeline Stage Execution State Change',
  account: '111122223333',
  region: 'eu-west-1',
  time: '2026-11-22T03:00:00.000Z',
  resources: ['arn:aws:codepipeline:eu-west-1:111122223333:checkout'],
  detail: {
    pipeline: 'checkout',
    'execution-id': '01234567-0123-4123-8123-012345678901',
    stage: 'Prod',
    version: 3.5,
    'pipeline-execution-attempt': 1.0,
    ...detail,
  },
  ...more,
});

describe('a stage as a target', () => {
  it('is a pipeline and a stage', () => {
    expect(kind.problemOf('checkout/Prod')).toBeNull();
    expect(kind.problemOf('checkout')).toMatch(/must be a pipeline and a stage/);
    expect(kind.problemOf('check out/Prod')).toMatch(/not the name of a pipeline/);
    expect(kind.problemOf('checkout/')).toMatch(/not the name of a stage/);
  });

  it('is not named by dimensions or by an ARN', () => {
    expect(kind.fromDimensions({ PipelineName: 'checkout' })).toBeNull();
    expect(kind.fromArn('arn:aws:codepipeline:eu-west-1:111122223333:checkout')).toBeNull();
  });

  it.each([
    ['SUCCEEDED', 'completed'],
    ['FAILED', 'failed'],
  ])('reads the event %s as %s', (state, is) => {
    expect(kind.fromDeploymentEvent(event({ state }))).toEqual({
      target: 'pipeline:checkout/Prod',
      deployment: '01234567-0123-4123-8123-012345678901',
      state: is,
      at: '2026-11-22T03:00:00.000Z',
      reason: '',
    });
  });

  it('reads no event of a beginning, of a stop, of an edit, of an action or of another service', () => {
    for (const state of ['STARTED', 'RESUMED', 'STOPPED', 'STOPPING', 'CANCELED'])
      expect(kind.fromDeploymentEvent(event({ state }))).toBeNull();
    const other = 'CodePipeline Action Execution State Change';
    expect(kind.fromDeploymentEvent(event({ state: 'FAILED' }, { 'detail-type': other }))).toBeNull();
    expect(kind.fromDeploymentEvent(event({ state: 'FAILED' }, { source: 'aws.codedeploy' }))).toBeNull();
  });

  it('names the field of an event that it cannot read', () => {
    expect(() => kind.fromDeploymentEvent(event({ state: 'FAILED', stage: undefined }))).toThrow(
      expect.objectContaining({ field: 'detail.stage' }),
    );
  });
});
