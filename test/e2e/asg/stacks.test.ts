import { asgStacks } from '../../../local/scenarios/asg/stacks.ts';
import { plays } from '../plays.ts';

plays('asg: stacks', asgStacks);
