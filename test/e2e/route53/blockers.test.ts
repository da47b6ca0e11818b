import { dnsBlockers } from '../../../local/scenarios/route53/blockers.ts';
import { plays } from '../plays.ts';

plays('route53: blockers', dnsBlockers);
