import { weights } from '../../../local/scenarios/route53/weights.ts';
import { plays } from '../plays.ts';

plays('route53: weights', weights);
