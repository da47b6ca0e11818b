import { elbDuringRollback } from '../../../local/scenarios/elb/during-rollback.ts';
import { plays } from '../plays.ts';

plays('elb: changes during a rollback', elbDuringRollback);
