import { appconfigBlocked } from '../../../local/scenarios/appconfig/blocked.ts';
import { plays } from '../plays.ts';

plays('appconfig: blocked', appconfigBlocked);
