import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-setup-page', template: '<h1>设置</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class SetupPage {}
