import type { CreateStackInput, DeleteStackInput, UpdateStackInput } from '@aws-sdk/client-cloudformation';
import { may } from '../../world/cloudformation/reads.ts';
import { honouring, type AwsService, type Caller } from '../../world/service.ts';
import { deployedStack } from './deployed.ts';
import { describedOf } from './describe.ts';
import { cancelOf, create, remove, update, type Parts } from './requests.ts';
import type { Stack } from './stack.ts';

/** Lists the input members that each operation honours. */
const HONOURED = honouring({
  CreateStack: 'StackName TemplateBody Capabilities Parameters Tags ClientRequestToken',
  DeleteStack: 'StackName ClientRequestToken',
  UpdateStack:
    'StackName TemplateBody UsePreviousTemplate Parameters Capabilities RollbackConfiguration ClientRequestToken',
});

/**
 * Simulates AWS CloudFormation: creates, updates and deletes stacks of the resource types that are modelled. It calls the
 * services as the principal that made the request does; the world has the other operations:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-overview.html An update changes properties
 * of the resources that are there. Rollback triggers, change sets, conditions and service roles are not modelled. The rate
 * limits of the services do not count for its calls.
 */
export function cloudFormationService(parts: Parts): AwsService {
  const stacks: Stack[] = parts.deployed === undefined ? [] : [deployedStack(parts.deployed)];
  const described = () =>
    stacks.map((stack) =>
      describedOf(stack, stack.name === parts.deployed?.name ? undefined : cancelOf(parts, stack)),
    );
  parts.known.list(described);
  return {
    signingName: 'cloudformation',
    honoured: HONOURED,
    operations: {
      CreateStack: {
        authorize: ({ StackName }: CreateStackInput) => may(described(), 'CreateStack', StackName),
        run: (input: CreateStackInput, caller: Caller) => create(parts, stacks, input, caller),
      },
      UpdateStack: {
        authorize: ({ StackName }: UpdateStackInput) => may(described(), 'UpdateStack', StackName),
        run: (input: UpdateStackInput, caller: Caller) => update(parts, stacks, input, caller),
      },
      DeleteStack: {
        authorize: ({ StackName }: DeleteStackInput) => may(described(), 'DeleteStack', StackName),
        run: (input: DeleteStackInput, caller: Caller) => remove(parts, stacks, input, caller),
      },
    },
  };
}
