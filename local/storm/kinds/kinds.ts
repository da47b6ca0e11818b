import type { Kind, Planter } from '../subject.ts';
import { asg } from './asg.ts';
import { codedeploy } from './codedeploy.ts';
import { ecs } from './ecs.ts';
import { elb } from './elb.ts';
import { lambda } from './lambda.ts';
import { route53 } from './route53.ts';

export const PLANTERS: Readonly<Record<Kind, Planter>> = { ecs, lambda, elb, route53, asg, codedeploy };
