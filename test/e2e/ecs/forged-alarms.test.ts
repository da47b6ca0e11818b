import { forgedAlarms } from '../../../local/scenarios/ecs/forged-alarms.ts';
import { plays } from '../plays.ts';

plays('ecs: forged alarms', forgedAlarms);
