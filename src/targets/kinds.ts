// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { kind as apigateway } from './kinds/apigateway/target.ts';
import { kind as appconfig } from './kinds/appconfig/target.ts';
import { kind as asg } from './kinds/asg/target.ts';
import { kind as cloudformation } from './kinds/cloudformation/target.ts';
import { kind as codedeploy } from './kinds/codedeploy/target.ts';
import { kind as ecs } from './kinds/ecs/target.ts';
import { kind as elb } from './kinds/elb/target.ts';
import { kind as external } from './kinds/external/target.ts';
import { kind as lambda } from './kinds/lambda/target.ts';
import { kind as lattice } from './kinds/lattice/target.ts';
import { kind as pipeline } from './kinds/pipeline/target.ts';
import { kind as route53 } from './kinds/route53/target.ts';
import type { Kind } from './kind.ts';

export const kinds: readonly Kind[] = [
  apigateway,
  appconfig,
  asg,
  cloudformation,
  codedeploy,
  ecs,
  elb,
  external,
  lambda,
  lattice,
  pipeline,
  route53,
];
