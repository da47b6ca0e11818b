import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../scripts/lastgood/arguments.ts';

const TARGET = 'ecs:prod/checkout';
const ARN = 'arn:aws:ecs:eu-west-1:111122223333';

describe('lastgood', () => {
  it.each([
    'checkout:42',
    `${ARN}:task-definition/checkout:42`,
    `${ARN}:service-revision/prod/checkout/7842`,
  ])('checks %s', (revision) => {
    expect(readArguments(['check', TARGET, revision])).toEqual({ target: TARGET, revision, stage: 'prod' });
  });

  it('takes a Region and a stage', () => {
    const args = ['check', TARGET, 'checkout:42', '--region', 'eu-central-1', '--stage', 'test'];
    expect(readArguments(args)).toMatchObject({ region: 'eu-central-1', stage: 'test' });
  });

  it.each([
    [[], /only command/],
    [['deploy', TARGET, 'checkout:42'], /only command/],
    [['check', TARGET], /a TARGET and a REVISION/],
    [['check', TARGET, 'checkout:42', 'more'], /a TARGET and a REVISION/],
    [['check', 'prod/checkout', 'checkout:42'], /^TARGET/],
    [['check', TARGET, 'checkout'], /^REVISION/],
    [['check', TARGET, 'checkout:0'], /^REVISION/],
    [['check', TARGET, 'checkout:latest'], /^REVISION/],
    [['check', TARGET, ' '], /^REVISION/],
    [['check', TARGET, `${ARN}:service-revision/prod/other/7842`], /not of prod\/checkout/],
    [['check', TARGET, 'checkout:42', '--stage', 'a/b'], /--stage/],
    [['check', TARGET, 'checkout:42', '--region', 'http://x'], /--region/],
    [['check', TARGET, 'checkout:42', '--force'], /force/],
  ])('does not take %j for a question', (args, problem) => {
    const asked = readArguments(args);
    expect('problem' in asked ? asked.problem : 'none').toMatch(problem);
  });
});
