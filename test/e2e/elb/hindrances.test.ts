import { hindrances } from '../../../local/scenarios/elb/hindrances.ts';
import { plays } from '../plays.ts';

plays('elb: hindrances', hindrances);
