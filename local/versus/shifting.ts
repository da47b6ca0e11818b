import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { BLUE_GREEN_SERVICE, openService, type Release, type Service } from './ecs.ts';
import type { Story } from './story.ts';

const CANARY: DeploymentConfiguration = {
  strategy: 'CANARY',
  canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 15 },
};

/** ECS's own blue/green and canary deployments. */
export const shifting: readonly Story[] = [
  blueGreen('blue-green-exits', 'blue/green: green tasks exit five seconds after they start', {
    behaviour: { exitsAfterSeconds: 5, exitCode: 1 },
  }),
  blueGreen('blue-green-errors', 'blue/green: 40 % of the answers are errors', {
    behaviour: { errorRate: 0.4 },
  }),
  canary('canary-errors', 0.4),
  canary('canary-few-errors', 0.08),
];

function blueGreen(name: string, shows: string, release: Release): Story {
  return story(name, shows, BLUE_GREEN_SERVICE, release, 20);
}

function canary(name: string, errorRate: number): Story {
  const shows = `a canary of 20 % for 15 minutes: ${errorRate * 100} % of its answers are errors`;
  return story(name, shows, { strategy: CANARY }, { behaviour: { errorRate } }, 32);
}

function story(name: string, shows: string, service: Service, release: Release, capMinutes: number): Story {
  return { name, shows, capMinutes, open: (stage, arm) => openService(stage, arm, service, release) };
}
