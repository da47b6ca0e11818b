import { apigatewayStage } from './apigateway-stage.ts';
import { appconfigProfile } from './appconfig-profile.ts';
import { asgFleet } from './asg-fleet.ts';
import { ecsBlueGreen } from './ecs-blue-green.ts';
import { ecsRolling } from './ecs-rolling.ts';
import { elbWeights } from './elb-weights.ts';
import { externalSystem } from './external-system.ts';
import { lambdaAlias } from './lambda-alias.ts';
import { latticeWeights } from './lattice-weights.ts';
import type { Part } from './part.ts';
import { pipelineStage } from './pipeline-stage.ts';
import { stackUpdate } from './stack-update.ts';

/** Every part, in the order in which they are released. */
export const PARTS: readonly Part[] = [
  ecsRolling,
  ecsBlueGreen,
  elbWeights,
  latticeWeights,
  lambdaAlias,
  apigatewayStage,
  appconfigProfile,
  externalSystem,
  pipelineStage,
  stackUpdate,
  // The last one: EC2 shows its ended instances for an hour, and a question looks at them.
  asgFleet,
];
