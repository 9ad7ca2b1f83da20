export * from './the-six-tables';
