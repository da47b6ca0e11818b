import { secondAlarms } from '../../../local/scenarios/ecs/second-alarm.ts';
import { plays } from '../plays.ts';

plays('ecs: a second alarm during a rollback', secondAlarms);
