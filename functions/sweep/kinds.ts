// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { createSweptKind as asg } from '../mechanisms/asg/swept.ts';
import { createSweptKind as codedeploy } from '../mechanisms/codedeploy/swept.ts';
import { createSweptKind as ecs } from '../mechanisms/ecs/swept.ts';
import { createSweptKind as elb } from '../mechanisms/elb/swept.ts';
import { createSweptKind as lambda } from '../mechanisms/lambda/swept.ts';
import { createSweptKind as route53 } from '../mechanisms/route53/swept.ts';
import type { SweptKind } from '../../src/targets/kind.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';

export const kinds: Readonly<Record<string, (surroundings: Surroundings) => SweptKind>> = {
  asg: asg,
  codedeploy: codedeploy,
  ecs: ecs,
  elb: elb,
  lambda: lambda,
  route53: route53,
};
