// Written by `npm run kinds` from the folders of functions/mechanisms. `npm run check` fails when it is out of date.
import { kind as asg } from '../../functions/mechanisms/asg/target.ts';
import { kind as codedeploy } from '../../functions/mechanisms/codedeploy/target.ts';
import { kind as ecs } from '../../functions/mechanisms/ecs/target.ts';
import { kind as elb } from '../../functions/mechanisms/elb/target.ts';
import { kind as lambda } from '../../functions/mechanisms/lambda/target.ts';
import { kind as route53 } from '../../functions/mechanisms/route53/target.ts';
import type { Kind } from './kind.ts';

export const kinds: readonly Kind[] = [asg, codedeploy, ecs, elb, lambda, route53];
