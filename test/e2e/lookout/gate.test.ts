import { lookoutGate } from '../../../local/scenarios/lookout/gate.ts';
import { plays } from '../plays.ts';

plays('lookout: pauses', lookoutGate);
