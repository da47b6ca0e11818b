import { stopped } from '../../local/scenarios/stopped.ts';
import { plays } from './plays.ts';

plays('targets that a person stopped', stopped);
