import { worseOff } from '../../../local/scenarios/route53/worse.ts';
import { plays } from '../plays.ts';

plays('route53: worse off', worseOff);
