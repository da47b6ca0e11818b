import { pace } from '../../../local/scenarios/pace/pace.ts';
import { plays } from '../plays.ts';

plays('pace', pace);
