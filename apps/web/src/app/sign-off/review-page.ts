import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-review-page', template: '<h1>审核</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class ReviewPage {}
