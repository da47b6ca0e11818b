import { dnsBehind } from '../../../local/scenarios/route53/behind.ts';
import { plays } from '../plays.ts';

plays('route53: behind', dnsBehind);
