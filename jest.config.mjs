export default {
  projects: ['<rootDir>/libs/*/jest.config.mjs', '<rootDir>/apps/*/jest.config.mjs', '<rootDir>/tools/jest.config.mjs'],
  // A machine shared with others may take a minute to start a database or a process; jest reads this here and not in the projects.
  testTimeout: 120_000,
  // What needs the database, the queue and a browser's DOM at once does not get quicker with more workers than cores.
  maxWorkers: 2,
  // Modules of Node's VM are never given back: a worker that holds so much between two files makes room for a new one.
  workerIdleMemoryLimit: '1500MB',
};
