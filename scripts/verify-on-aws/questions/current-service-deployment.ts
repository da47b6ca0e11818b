import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { readService } from './service.ts';

/** DescribeServices shows it while the deployment is in progress. */
export const currentServiceDeployment: Question = {
  id: 'current-service-deployment',
  part: 'ecs-rolling',
  looksAt: '`currentServiceDeployment` in DescribeServices, while a deployment is in progress',
  assumed: 'it is shown',
  look: async (view) => {
    const { deployments = [], currentServiceDeployment: current } = await readService(view, 'RollingService');
    const isRunning = deployments.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
    return isRunning ? (current === undefined ? 'missing' : 'shown') : null;
  },
  answer: ({ seen }) => {
    if (seen.length === 0) return notSeen('no deployment was seen in progress');
    const found = `while in progress it was ${[...new Set(seen)].join(', then ')}`;
    return seen.every((one) => one === 'shown') ? asAssumed(found) : otherwise(found);
  },
};
