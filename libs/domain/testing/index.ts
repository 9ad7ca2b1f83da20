export * from './the-six-tables';
export * from './an-indicator';
export * from './a-target-table';
export * from './run-vectors';
export * from './an-account';
