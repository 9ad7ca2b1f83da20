// refused by: eslint no-restricted-imports
import { signal } from '@angular/core';
export const screen = signal;
