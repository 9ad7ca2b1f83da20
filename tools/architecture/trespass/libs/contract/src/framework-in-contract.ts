// refused by: eslint no-restricted-imports
import { Injectable } from '@angular/core';
export const door = Injectable;
