import { outages } from '../../../local/scenarios/outages/outages.ts';
import { plays } from '../plays.ts';

plays('outages after AWS went back natively', outages);
