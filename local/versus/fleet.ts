import type { RefreshPreferences } from '@aws-sdk/client-auto-scaling';
import { openFleet, QUICK_ALARM, TARGET, type Fleet } from '../scenarios/asg/fleet.ts';
import type { Stage } from '../scenarios/stage.ts';
import { ALARMS_SETTLE_MINUTES, putBalancerAlarms } from './alarms.ts';
import { bakeMinutes, ERRORS_ALARM, LATENCY_ALARM, tagsOf, type Arm } from './arms.ts';
import type { Story } from './story.ts';

/** Instance refreshes of an Auto Scaling group. */
export const fleets: readonly Story[] = [
  {
    name: 'asg-refresh',
    shows: 'an instance refresh puts an image in place of which 40 % of the answers are errors',
    capMinutes: 25,
    open: async (stage, arm) => {
      const fleet = await openFleet(stage);
      stage.call('cloudwatch', 'DeleteAlarms', { AlarmNames: ['web-errors', QUICK_ALARM] });
      putBalancerAlarms(stage, TARGET);
      await stage.minutes(ALARMS_SETTLE_MINUTES);
      retag(stage, arm);
      const preferences = preferencesOf(arm);
      return {
        release: () => fleet.release({ errorRate: 0.4 }, { preferences }),
        wentBackNatively: () => hasWentBack(fleet),
      };
    },
  },
];

function preferencesOf(arm: Arm): RefreshPreferences {
  const watched = { AlarmSpecification: { Alarms: [ERRORS_ALARM, LATENCY_ALARM] }, AutoRollback: true };
  return { BakeTime: bakeMinutes(arm) * 60, ...(arm.natives !== null && watched) };
}

/** The embedded AWS takes no tag away from a group, so an arm without Lastgood says so in the tag. */
function retag(stage: Stage, arm: Arm): void {
  const tags = { lastgood: 'none', 'lastgood:soak': '30', ...tagsOf(arm, stage) };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({
    ...{ Key, Value, PropagateAtLaunch: false },
    ...{ ResourceId: 'web-fleet', ResourceType: 'auto-scaling-group' },
  }));
  stage.call('autoscaling', 'CreateOrUpdateTags', { Tags });
}

function hasWentBack(fleet: Fleet): boolean {
  return fleet.refresh().Status?.startsWith('Rollback') === true;
}
