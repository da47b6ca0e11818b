// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { spelling as apigateway } from './kinds/apigateway.ts';
import { spelling as appconfig } from './kinds/appconfig.ts';
import { spelling as asg } from './kinds/asg.ts';
import { spelling as codedeploy } from './kinds/codedeploy.ts';
import { spelling as ecs } from './kinds/ecs.ts';
import { spelling as elb } from './kinds/elb.ts';
import { spelling as lambda } from './kinds/lambda.ts';
import { spelling as lattice } from './kinds/lattice.ts';
import { spelling as pipeline } from './kinds/pipeline.ts';
import { spelling as route53 } from './kinds/route53.ts';
import type { SpellingOfKind } from './spelled.ts';

export const kinds: Readonly<Record<string, SpellingOfKind>> = {
  apigateway: apigateway,
  appconfig: appconfig,
  asg: asg,
  codedeploy: codedeploy,
  ecs: ecs,
  elb: elb,
  lambda: lambda,
  lattice: lattice,
  pipeline: pipeline,
  route53: route53,
};
