import { isNamed, type DeployCall } from '../../deploy-call.ts';
import { stageOf } from './target.ts';

/**
 * An execution may begin long before it enters the stage. A pipeline that its source starts shows the call of the rule.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/monitoring-cloudtrail-logs.html
 */
export const deployCall: DeployCall = {
  namesFor: () => ['StartPipelineExecution'],
  isAbout: (target, texts) => isNamed(stageOf(target).pipeline, texts),
  secondsBefore: 3_600,
};
