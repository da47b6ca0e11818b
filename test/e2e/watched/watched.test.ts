import { watched } from '../../../local/scenarios/watched/watched.ts';
import { plays } from '../plays.ts';

plays('watched', watched);
