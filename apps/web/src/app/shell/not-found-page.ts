import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-not-found-page', template: '<h1>404</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class NotFoundPage {}
