import { expect, test } from 'vitest';
import type { Visit } from '@lastgood/embedded-aws/world/traffic/serving.ts';
import { probeUrl } from '../../../local/scenarios/ecs/balancer.ts';
import { probeScenarios } from '../../../local/scenarios/ecs/probes.ts';
import { openShop } from '../../../local/scenarios/ecs/shop.ts';
import { openStage, TEST_PORT, type Stage } from '../../../local/scenarios/stage.ts';
import { plays } from '../plays.ts';

plays('ecs: probes', probeScenarios);

/** Sends a GET to a port of the shop. */
function get({ traffic: { sites } }: Stage, url: string): Visit | null {
  const [address = ''] = sites.resolve(new URL(url).hostname) ?? [];
  return sites.visit(address, new URL(url));
}

/** Holds the deployment for two minutes while only the test listener shows the new side. */
const PAUSE = {
  targetType: 'PAUSE' as const,
  lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT' as const],
  timeoutConfiguration: { timeoutInMinutes: 2, action: 'CONTINUE' as const },
};

test('a test listener shows the new side before the shift, and no users meet it there', async () => {
  const stage = await openStage({ seed: 1, fast: true });
  try {
    const urls: string[] = [];
    const shop = await openShop(stage, {
      twoGroups: true,
      testListener: true,
      deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 },
      tags: (balancer) => {
        urls.push(...[80, TEST_PORT].map((port) => probeUrl(stage, balancer, port)));
        return {};
      },
    });
    const [users = '', testers = ''] = urls;
    const deploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5, lifecycleHooks: [PAUSE] };
    shop.release('v2', { latency: 0.9, errorRate: 1 }, { service: { deploymentConfiguration } });
    await stage.until('the test traffic meets v2', () => get(stage, testers)?.seconds === 0.9);
    await stage.minutes(1);
    expect(get(stage, testers)).toEqual({ status: 500, seconds: 0.9 });
    expect(get(stage, users)).toEqual({ status: 200, seconds: 0.08 });
    await stage.until('the users meet v2', () => get(stage, users)?.seconds === 0.9);
    expect(stage.traffic.badSince()).toBeNull();
    await stage.minutes(1);
    expect(stage.traffic.badSince()).not.toBeNull();
  } finally {
    await stage.close();
  }
});
