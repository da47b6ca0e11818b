import { stackNoWayBack } from '../../../local/scenarios/cloudformation/no-way-back.ts';
import { plays } from '../plays.ts';

plays('cloudformation: no way back', stackNoWayBack);
