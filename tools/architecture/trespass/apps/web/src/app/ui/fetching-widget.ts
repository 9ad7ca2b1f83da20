// refused by: depcruise ui-kit-fetches-nothing
import { reports } from '../api/reports-api';
export const widget = reports;
