// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { grounds as apigateway } from './grounds/apigateway.ts';
import { grounds as appconfig } from './grounds/appconfig.ts';
import { grounds as asg } from './grounds/asg.ts';
import { grounds as cloudformation } from './grounds/cloudformation.ts';
import { grounds as codedeploy } from './grounds/codedeploy.ts';
import { grounds as ecs } from './grounds/ecs.ts';
import { grounds as elb } from './grounds/elb.ts';
import { grounds as external } from './grounds/external.ts';
import { grounds as lambda } from './grounds/lambda.ts';
import { grounds as lattice } from './grounds/lattice.ts';
import { grounds as pipeline } from './grounds/pipeline.ts';
import { grounds as route53 } from './grounds/route53.ts';
import type { Ground } from './ground.ts';

export const kinds: readonly (readonly Ground[])[] = [
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
