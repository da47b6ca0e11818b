import { prometheusScenarios } from '../../../local/scenarios/ecs/prometheus.ts';
import { plays } from '../plays.ts';

plays('ecs: Prometheus', prometheusScenarios);
