import { enableCompileCache, flushCompileCache } from 'node:module';

// The compiled form of some 2,000 library files is kept between starts; without it they take about a third of the start.
// It has to be on before the first of them is loaded, hence the import below and not above.
enableCompileCache();
const { start } = await import('./start');
await start();
flushCompileCache();
