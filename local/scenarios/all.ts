import { brokenTasks } from './ecs/broken-tasks.ts';
import { hurtingReleases } from './ecs/hurting-releases.ts';
import { judgement } from './ecs/judgement.ts';
import { lastKnownGood } from './ecs/last-known-good.ts';
import { meanwhile } from './ecs/meanwhile.ts';
import { strategies } from './ecs/strategies.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario, in the order of `--list`. */
export const scenarios: readonly Scenario[] = [
  ...hurtingReleases,
  ...brokenTasks,
  ...strategies,
  ...lastKnownGood,
  ...judgement,
  ...meanwhile,
];
