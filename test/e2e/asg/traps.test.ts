import { traps } from '../../../local/scenarios/asg/traps.ts';
import { plays } from '../plays.ts';

plays('asg: traps', traps);
