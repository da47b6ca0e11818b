import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { expect, it } from 'vitest';
import { toDeployment } from '../../../../functions/mechanisms/codedeploy/from-aws.ts';

const IN_PLACE: DeploymentInfo = {
  computePlatform: 'Server',
  deploymentStyle: { deploymentType: 'IN_PLACE' },
  deploymentConfigName: 'CodeDeployDefault.OneAtATime',
  deploymentOverview: { Succeeded: 1, InProgress: 1 },
};

it.each<[string, boolean, Partial<DeploymentInfo>]>([
  ['one of several instances at a time', false, {}],
  ['all at once', true, { deploymentConfigName: 'CodeDeployDefault.AllAtOnce' }],
  ['the only instance', true, { deploymentOverview: { Succeeded: 1 } }],
  [
    'a new environment',
    false,
    { deploymentStyle: { deploymentType: 'BLUE_GREEN' }, deploymentOverview: { Succeeded: 1 } },
  ],
  ['several instances under a configuration that is read', false, { deploymentConfigName: 'ours' }],
  ['a function', false, { computePlatform: 'Lambda', deploymentOverview: { Succeeded: 1 } }],
])('a deployment to %s takes every instance out of service: %s', (_, takesAll, more) => {
  expect(toDeployment({ ...IN_PLACE, ...more })).toMatchObject({ takesAll });
});
