import type { DeployCall } from '../../../../../../../src/targets/deploy-call.ts';

/** Link the AWS page that lists the calls CloudTrail records. */
export const deployCall: DeployCall = { namesFor: () => [], isAbout: () => false };
