import { dnsSuperseded } from '../../../local/scenarios/route53/superseded.ts';
import { plays } from '../plays.ts';

plays('route53: superseded', dnsSuperseded);
