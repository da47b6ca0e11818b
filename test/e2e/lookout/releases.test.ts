import { lookoutReleases } from '../../../local/scenarios/lookout/releases.ts';
import { plays } from '../plays.ts';

plays('lookout: bad releases', lookoutReleases);
