import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../../scripts/lastgood/check/arguments.ts';

const TARGET = 'ecs:prod/checkout';
const ARN = 'arn:aws:ecs:eu-west-1:111122223333';

describe('lastgood check', () => {
  it.each([
    'checkout:42',
    `${ARN}:task-definition/checkout:42`,
    `${ARN}:service-revision/prod/checkout/7842`,
  ])('checks %s', (revision) => {
    expect(readArguments([TARGET, revision])).toEqual({ target: TARGET, revision, stage: 'prod' });
  });

  it('takes a Region and a stage', () => {
    const args = [TARGET, 'checkout:42', '--region', 'eu-central-1', '--stage', 'test'];
    expect(readArguments(args)).toMatchObject({ region: 'eu-central-1', stage: 'test' });
  });

  it.each([
    [[], /a TARGET and a REVISION/],
    [[TARGET], /a TARGET and a REVISION/],
    [[TARGET, 'checkout:42', 'more'], /a TARGET and a REVISION/],
    [['prod/checkout', 'checkout:42'], /^TARGET/],
    [[TARGET, 'checkout'], /^REVISION/],
    [[TARGET, 'checkout:0'], /^REVISION/],
    [[TARGET, 'checkout:latest'], /^REVISION/],
    [[TARGET, ' '], /^REVISION/],
    [[TARGET, `${ARN}:service-revision/prod/other/7842`], /not of prod\/checkout/],
    [[TARGET, 'checkout:42', '--stage', 'a/b'], /--stage/],
    [[TARGET, 'checkout:42', '--region', 'http://x'], /--region/],
    [[TARGET, 'checkout:42', '--force'], /force/],
  ])('does not take %j for a question', (args, problem) => {
    const asked = readArguments(args);
    expect('problem' in asked ? asked.problem : 'none').toMatch(problem);
  });
});
