import { lookoutNevers } from '../../../local/scenarios/lookout/nevers.ts';
import { plays } from '../plays.ts';

plays('lookout: what it never accuses', lookoutNevers);
