import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../../scripts/lastgood/check/arguments.ts';
import { check } from '../../../../scripts/lastgood/check/check.ts';
import { givenTo } from '../given.ts';

const TARGET = 'ecs:prod/checkout';
const ARN = 'arn:aws:ecs:eu-west-1:111122223333';

describe('lastgood check', () => {
  it.each([
    'checkout:42',
    `${ARN}:task-definition/checkout:42`,
    `${ARN}:service-revision/prod/checkout/7842`,
  ])('checks %s', async (revision) => {
    expect(readArguments(await givenTo(check, TARGET, revision))).toEqual({ target: TARGET, revision });
  });

  it.each([
    ['codedeploy:checkout/blue', 'v2.zip (9a8b7c6d)'],
    ['codedeploy:checkout/blue', 's3://bundles/größe/v2.zip?type=zip&etag=9a8b'],
    ['route53:Z1/shop/A', '75 % blue and 25 % green'],
    ['route53:Z1/shop/A', 'blue=192@1f0c22ab green=64 since 2026-11-22T03:00:00.000Z'],
  ])('checks a revision of %s as Lastgood shows it: %s', async (target, revision) => {
    expect(readArguments(await givenTo(check, target, revision))).toEqual({ target, revision });
  });

  it('takes a Region, a stage and an endpoint', async () => {
    const place = ['--region', 'eu-central-1', '--stage', 'test', '--endpoint', 'http://127.0.0.1:4566'];
    expect((await givenTo(check, TARGET, 'checkout:42', ...place)).place).toEqual({
      region: 'eu-central-1',
      stage: 'test',
      endpoint: 'http://127.0.0.1:4566',
    });
  });

  it.each([
    [[], /missing required argument 'TARGET'/],
    [[TARGET], /missing required argument 'REVISION'/],
    [[TARGET, 'checkout:42', 'more'], /too many arguments/],
    [['prod/checkout', 'checkout:42'], /^TARGET/],
    [[TARGET, 'checkout'], /^REVISION/],
    [[TARGET, 'checkout:0'], /^REVISION/],
    [[TARGET, 'checkout:latest'], /^REVISION/],
    [['lambda:api/live', '$LATEST'], /^REVISION: .*names other code tomorrow/],
    [['asg:web', 'ami-0a1b2c3d'], /^REVISION: .*is an image/],
    [[TARGET, ' '], /^REVISION/],
    [['codedeploy:checkout/blue', 'v2.zip '], /^REVISION .*without spaces at its ends/],
    [['codedeploy:checkout/blue', 'v2.zip\n'], /^REVISION .*without line breaks/],
    [['codedeploy:checkout/blue', 'd-ABCDEF123'], /^REVISION: .*is a deployment/],
    [[TARGET, `${ARN}:service-revision/prod/other/7842`], /not of prod\/checkout/],
    [[TARGET, 'checkout:42', '--stage', 'a/b'], /--stage/],
    [[TARGET, 'checkout:42', '--region', 'http://x'], /--region/],
    [[TARGET, 'checkout:42', '--endpoint', '127.0.0.1:4566'], /--endpoint/],
    [[TARGET, 'checkout:42', '--force'], /unknown option '--force'/],
    [[TARGET, 'checkout:42', '--stag', 'test'], /Did you mean --stage\?/],
  ])('refuses %j', async (args, problem) => {
    const asked = givenTo(check, ...args).then(readArguments);
    await expect(asked).rejects.toThrow(problem);
  });
});
