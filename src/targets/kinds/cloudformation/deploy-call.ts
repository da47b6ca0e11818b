import { isNamed, type DeployCall } from '../../deploy-call.ts';
import { kind, nameOf } from './target.ts';

/**
 * `aws cloudformation deploy`, the CDK and SAM execute change sets. A call has the stack's name or its ARN, which ends
 * with an id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-api-logging-cloudtrail.html
 */
export const deployCall: DeployCall = {
  namesFor: () => ['ExecuteChangeSet', 'UpdateStack'],
  isAbout(target, texts) {
    const stack = nameOf(target);
    return isNamed(stack, texts) || texts.some((text) => kind.fromArn(text) === stack);
  },
};
