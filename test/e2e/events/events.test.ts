import { eventScenarios } from '../../../local/scenarios/events/events.ts';
import { plays } from '../plays.ts';

plays('events', eventScenarios);
