import { behind } from '../../../local/scenarios/elb/behind.ts';
import { plays } from '../plays.ts';

plays('elb: behind', behind);
