import { reportLinks } from '../../src/events/report-link.ts';

export const REPORTS_URL = 'https://api.example.com/reports';

export const reportLink = reportLinks(REPORTS_URL);
