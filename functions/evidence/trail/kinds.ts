// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { deployCall as apigateway } from '../../../src/targets/kinds/apigateway/deploy-call.ts';
import { deployCall as appconfig } from '../../../src/targets/kinds/appconfig/deploy-call.ts';
import { deployCall as asg } from '../../../src/targets/kinds/asg/deploy-call.ts';
import { deployCall as cloudformation } from '../../../src/targets/kinds/cloudformation/deploy-call.ts';
import { deployCall as codedeploy } from '../../../src/targets/kinds/codedeploy/deploy-call.ts';
import { deployCall as ecs } from '../../../src/targets/kinds/ecs/deploy-call.ts';
import { deployCall as elb } from '../../../src/targets/kinds/elb/deploy-call.ts';
import { deployCall as external } from '../../../src/targets/kinds/external/deploy-call.ts';
import { deployCall as lambda } from '../../../src/targets/kinds/lambda/deploy-call.ts';
import { deployCall as lattice } from '../../../src/targets/kinds/lattice/deploy-call.ts';
import { deployCall as pipeline } from '../../../src/targets/kinds/pipeline/deploy-call.ts';
import { deployCall as route53 } from '../../../src/targets/kinds/route53/deploy-call.ts';
import type { DeployCall } from '../../../src/targets/deploy-call.ts';

export const kinds: Readonly<Record<string, DeployCall>> = {
  apigateway: apigateway,
  appconfig: appconfig,
  asg: asg,
  cloudformation: cloudformation,
  codedeploy: codedeploy,
  ecs: ecs,
  elb: elb,
  external: external,
  lambda: lambda,
  lattice: lattice,
  pipeline: pipeline,
  route53: route53,
};
