import { blockers } from '../../../local/scenarios/elb/blockers.ts';
import { plays } from '../plays.ts';

plays('elb: blockers', blockers);
