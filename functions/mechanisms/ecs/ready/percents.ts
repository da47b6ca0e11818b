import type { Service } from '@aws-sdk/client-ecs';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';

const find = findIn(ECS);

/**
 * Says whether a rolling deployment could proceed, and without downtime. The lower limit is rounded up, the upper one down.
 * Other controllers deploy without these limits. Unknown: capacity-for-a-way-back.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function ofPercents({
  deploymentConfiguration,
  deploymentController,
  desiredCount = 0,
}: Service): readonly Finding[] {
  if ((deploymentController?.type ?? 'ECS') !== 'ECS') return [];
  const {
    strategy = 'ROLLING',
    minimumHealthyPercent = 100,
    maximumPercent = 200,
  } = deploymentConfiguration ?? {};
  if (strategy !== 'ROLLING' || desiredCount === 0) return [];
  const least = Math.ceil((desiredCount * minimumHealthyPercent) / 100);
  const most = Math.floor((desiredCount * maximumPercent) / 100);
  const set = `minimumHealthyPercent ${minimumHealthyPercent} and maximumPercent ${maximumPercent} of ${desiredCount} task${desiredCount === 1 ? '' : 's'}`;
  if (least >= desiredCount && most <= desiredCount)
    return [
      find(
        'no-room-to-deploy',
        `With ${set} ECS can neither stop a task nor start another, so a deployment never proceeds.`,
        'Set maximumPercent to 200, or minimumHealthyPercent below 100.',
      ),
    ];
  if (least > 0) return [];
  return [
    find(
      'downtime-allowed',
      `With ${set} ECS may stop every task before the way back has started one.`,
      'Set minimumHealthyPercent to 100 and maximumPercent to 200.',
    ),
  ];
}
