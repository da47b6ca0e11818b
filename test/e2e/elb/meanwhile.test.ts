import { meanwhile } from '../../../local/scenarios/elb/meanwhile.ts';
import { plays } from '../plays.ts';

plays('elb: meanwhile', meanwhile);
