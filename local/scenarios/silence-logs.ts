/** Imported first: nobody reads what functions that run in process log. The bundles have an environment of their own. */
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
