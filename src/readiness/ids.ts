// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { APIGATEWAY } from './ids/apigateway.ts';
import { APPCONFIG } from './ids/appconfig.ts';
import { ASG } from './ids/asg.ts';
import { CLOUDFORMATION } from './ids/cloudformation.ts';
import { CODEDEPLOY } from './ids/codedeploy.ts';
import { ECS } from './ids/ecs.ts';
import { ELB } from './ids/elb.ts';
import { EXTERNAL } from './ids/external.ts';
import { LAMBDA } from './ids/lambda.ts';
import { LATTICE } from './ids/lattice.ts';
import { PIPELINE } from './ids/pipeline.ts';
import { ROUTE53 } from './ids/route53.ts';
import { SHARED } from './ids/shared.ts';
import type { Ids } from './finding.ts';

/** All findings, by the kind of target that has them. docs/readiness.md has a row for each. */
export const IDS: Readonly<Record<string, Ids>> = {
  shared: SHARED,
  apigateway: APIGATEWAY,
  appconfig: APPCONFIG,
  asg: ASG,
  cloudformation: CLOUDFORMATION,
  codedeploy: CODEDEPLOY,
  ecs: ECS,
  elb: ELB,
  external: EXTERNAL,
  lambda: LAMBDA,
  lattice: LATTICE,
  pipeline: PIPELINE,
  route53: ROUTE53,
};
