import { lookoutKinds } from '../../../local/scenarios/lookout/kinds.ts';
import { plays } from '../plays.ts';

plays('lookout: other kinds', lookoutKinds);
