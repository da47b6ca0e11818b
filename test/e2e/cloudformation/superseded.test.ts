import { stackSuperseded } from '../../../local/scenarios/cloudformation/superseded.ts';
import { plays } from '../plays.ts';

plays('cloudformation: fixes and ways back', stackSuperseded);
