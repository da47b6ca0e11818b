// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { createReconciler as apigateway } from '../mechanisms/apigateway/reconcile.ts';
import { createReconciler as appconfig } from '../mechanisms/appconfig/reconcile.ts';
import { createReconciler as asg } from '../mechanisms/asg/reconcile.ts';
import { createReconciler as cloudformation } from '../mechanisms/cloudformation/reconcile.ts';
import { createReconciler as codedeploy } from '../mechanisms/codedeploy/reconcile.ts';
import { createReconciler as ecs } from '../mechanisms/ecs/reconcile.ts';
import { createReconciler as elb } from '../mechanisms/elb/reconcile.ts';
import { createReconciler as external } from '../mechanisms/external/reconcile.ts';
import { createReconciler as lambda } from '../mechanisms/lambda/reconcile.ts';
import { createReconciler as lattice } from '../mechanisms/lattice/reconcile.ts';
import { createReconciler as pipeline } from '../mechanisms/pipeline/reconcile.ts';
import { createReconciler as route53 } from '../mechanisms/route53/reconcile.ts';
import type { Reconciler } from '../../src/targets/kind.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';

export const kinds: Readonly<Record<string, (surroundings: Surroundings) => Reconciler>> = {
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
