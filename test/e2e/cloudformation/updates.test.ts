import { stackUpdates } from '../../../local/scenarios/cloudformation/updates.ts';
import { plays } from '../plays.ts';

plays('cloudformation: updates that can be cancelled', stackUpdates);
