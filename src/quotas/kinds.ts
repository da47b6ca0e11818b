// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { quotas as apigateway } from './kinds/apigateway.ts';
import { quotas as appconfig } from './kinds/appconfig.ts';
import { quotas as asg } from './kinds/asg.ts';
import { quotas as cloudformation } from './kinds/cloudformation.ts';
import { quotas as codedeploy } from './kinds/codedeploy.ts';
import { quotas as ecs } from './kinds/ecs.ts';
import { quotas as elb } from './kinds/elb.ts';
import { quotas as lambda } from './kinds/lambda.ts';
import { quotas as pipeline } from './kinds/pipeline.ts';
import { quotas as route53 } from './kinds/route53.ts';

export const kinds = [
  apigateway,
  appconfig,
  asg,
  cloudformation,
  codedeploy,
  ecs,
  elb,
  lambda,
  pipeline,
  route53,
] as const;
