import { authentication } from '../../../local/scenarios/elb/authentication.ts';
import { plays } from '../plays.ts';

plays('elb: authentication', authentication);
