// refused by: eslint no-restricted-imports
import { Injectable } from '@nestjs/common';
export const door = Injectable;
