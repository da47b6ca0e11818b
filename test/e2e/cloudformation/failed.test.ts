import { stackFailures } from '../../../local/scenarios/cloudformation/failed.ts';
import { plays } from '../plays.ts';

plays('cloudformation: updates that failed', stackFailures);
