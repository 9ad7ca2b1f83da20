import type { Language } from './dictionary';

const ENGLISH: Readonly<Record<string, string>> = { 优: 'Excellent', 良: 'Good', 中: 'Fair', 差: 'Poor' };

/** 评价等级: the four words of the form, which are what is stored; English readers get theirs beside. */
export function sayRating(rating: string, language: Language): string {
  const english = ENGLISH[rating];
  return language === 'zh' || !english ? rating : `${english}（${rating}）`;
}
