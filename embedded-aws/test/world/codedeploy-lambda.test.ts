import { expect, it } from 'vitest';
import { createWorld } from '../../world/world.ts';

const GROUP = { applicationName: 'checkout', deploymentGroupName: 'live' };
const FunctionName = 'checkout';

/** Opens an alias at version 1 with a deployment group. */
function opened() {
  const { lambda, codedeploy, clock } = createWorld({ seed: 3, start: '2026-11-22T02:00:00.000Z' });
  const call = (service: typeof lambda | typeof codedeploy, operation: string, input: object) =>
    service.operations[operation]!.run(input as never, { role: 'operator' });
  call(lambda, 'CreateFunction', { FunctionName, Role: 'arn:aws:iam::111122223333:role/checkout', Code: {} });
  call(lambda, 'PublishVersion', { FunctionName });
  lambda.write(FunctionName, { errorRate: 0, latency: 0.1 });
  call(lambda, 'PublishVersion', { FunctionName });
  call(lambda, 'CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
  call(codedeploy, 'CreateApplication', { applicationName: 'checkout', computePlatform: 'Lambda' });
  call(codedeploy, 'CreateDeploymentGroup', {
    ...GROUP,
    serviceRoleArn: 'arn:aws:iam::111122223333:role/codedeploy',
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
  });
  const shift = (CurrentVersion: string, TargetVersion: string) => {
    const Properties = { Name: 'checkout', Alias: 'live', CurrentVersion, TargetVersion };
    const Resources = [{ checkout: { Type: 'AWS::Lambda::Function', Properties } }];
    const appSpecContent = { content: JSON.stringify({ version: 0, Resources }) };
    const revision = { revisionType: 'AppSpecContent', appSpecContent };
    return call(codedeploy, 'CreateDeployment', { ...GROUP, revision }) as { readonly deploymentId: string };
  };
  const infoOf = (deployment: { readonly deploymentId: string }) =>
    call(codedeploy, 'GetDeployment', deployment) as {
      readonly deploymentInfo: {
        readonly status: string;
        readonly errorInformation?: { readonly code: string };
      };
    };
  const pass = (minutes: number) => clock.run(() => false, clock.now() + minutes * 60_000);
  return { call, lambda, shift, infoOf, pass };
}

it('fails where Lambda refuses the versions', async () => {
  const { shift, infoOf, pass } = opened();
  const deployment = shift('1', '1');
  await pass(1);
  expect(infoOf(deployment).deploymentInfo).toMatchObject({
    status: 'Failed',
    errorInformation: { code: 'INVALID_LAMBDA_CONFIGURATION' },
  });
});

it('fails where the alias is gone', async () => {
  const { call, lambda, shift, infoOf, pass } = opened();
  const deployment = shift('1', '2');
  await pass(1);
  expect(infoOf(deployment).deploymentInfo.status).toBe('InProgress');
  call(lambda, 'DeleteAlias', { FunctionName, Name: 'live' });
  await pass(6);
  expect(infoOf(deployment).deploymentInfo.status).toBe('Failed');
});
