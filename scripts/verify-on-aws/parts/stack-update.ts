import { UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { ref, text } from '../cloudformation.ts';
import { alarm } from '../prices.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import { ownTemplateOf } from '../template.ts';
import { ALIAS, aliasedFunction } from './aliased-function.ts';
import type { Part } from './part.ts';
import { BAD, GOOD } from './web.ts';

/** The parameter that makes a release bad. */
export const ERRORS = 'Errors';

/** The description of the template of the bad release. */
export const BAD_TEMPLATE = 'Throw-away stack of lastgood verify-on-aws: the bad release.';

/**
 * How long the update goes on after its last resource. CloudFormation waits so long without rollback triggers too:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html
 */
const MONITORING_MINUTES = 20;

const RESOURCES = aliasedFunction('Updated', {
  target: text('cloudformation:${AWS::StackName}'),
  // A function has the tags of its stack. This one says that only the stack is a target.
  tags: { lastgood: 'none' },
  errors: ref(ERRORS),
  // A version is never updated: another description replaces it.
  description: text(`errors \${${ERRORS}}`),
});

const OUTPUTS = {
  UpdatedStack: ref('AWS::StackName'),
  Updated: ref('Updated'),
  UpdatedAlarm: ref('UpdatedAlarm'),
};

const OWN_STACK = {
  tags: FOR_LASTGOOD,
  parameters: { [ERRORS]: { Type: 'String', Default: String(GOOD) } },
};

export const stackUpdate: Part = {
  name: 'stack-update',
  shows: 'an update of a stack with a Lambda function: the alarm turns in its monitoring time',
  shares: [],
  ownStack: OWN_STACK,
  resources: RESOURCES,
  outputs: OUTPUTS,
  alarm: 'UpdatedAlarm',
  priced: [alarm(2)],
  target: (outputs) => `cloudformation:${outputs('UpdatedStack')}`,
  users: (outputs) => ({ functionName: outputs('Updated'), alias: ALIAS }),
  release: async ({ cloudFormation }, outputs) => {
    const part = { ownStack: OWN_STACK, resources: RESOURCES, outputs: OUTPUTS };
    await cloudFormation.send(
      new UpdateStackCommand({
        StackName: outputs('UpdatedStack'),
        TemplateBody: ownTemplateOf(part, BAD_TEMPLATE),
        Parameters: [{ ParameterKey: ERRORS, ParameterValue: String(BAD) }],
        Capabilities: ['CAPABILITY_IAM'],
        RollbackConfiguration: { MonitoringTimeInMinutes: MONITORING_MINUTES },
        ClientRequestToken: 'bad-release',
      }),
    );
  },
};
