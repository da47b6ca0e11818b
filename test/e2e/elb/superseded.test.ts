import { superseded } from '../../../local/scenarios/elb/superseded.ts';
import { plays } from '../plays.ts';

plays('elb: superseded', superseded);
