import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-self-evaluation-page', template: '<h1>自评</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class SelfEvaluationPage {}
