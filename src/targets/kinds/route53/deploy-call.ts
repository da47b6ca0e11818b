import { isNamed, type DeployCall } from '../../deploy-call.ts';
import { recordOf } from './target.ts';

/**
 * Route 53 is global, and keeps its calls in us-east-1. A call writes a record's name in several ways, so its zone is
 * compared.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/logging-using-cloudtrail.html
 */
export const deployCall: DeployCall = {
  namesFor: (_, region) => (region === 'us-east-1' ? ['ChangeResourceRecordSets'] : []),
  isAbout: (target, texts) => isNamed(recordOf(target).zone, texts),
};
