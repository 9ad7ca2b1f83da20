export * from './actual.entity';
