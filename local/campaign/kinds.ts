// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { grounds as asg } from './grounds/asg.ts';
import { grounds as codedeploy } from './grounds/codedeploy.ts';
import { grounds as ecs } from './grounds/ecs.ts';
import { grounds as lambda } from './grounds/lambda.ts';
import type { Ground } from './ground.ts';

export const kinds: readonly (readonly Ground[])[] = [asg, codedeploy, ecs, lambda];
