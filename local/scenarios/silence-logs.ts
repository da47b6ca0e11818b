/**
 * Import this first: functions that run in process would log to the terminal. The bundles have their own environment.
 */
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
