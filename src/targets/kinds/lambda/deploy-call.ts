import { areNamed, type DeployCall } from '../../deploy-call.ts';
import { aliasOf } from './target.ts';

/**
 * CloudTrail adds the version of the API to the name.
 * https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 */
export const deployCall: DeployCall = {
  namesFor: () => ['UpdateAlias20150331'],
  isAbout(target, texts) {
    const { functionName, alias } = aliasOf(target);
    return areNamed([functionName, alias], texts);
  },
};
