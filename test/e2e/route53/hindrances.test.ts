import { dnsHindrances } from '../../../local/scenarios/route53/hindrances.ts';
import { plays } from '../plays.ts';

plays('route53: hindrances', dnsHindrances);
