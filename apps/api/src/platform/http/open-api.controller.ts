import { Controller, Get } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Policy } from '../access/policy.decorator';
import { PRODUCT_VERSION } from '../config/product-version';
import { describeApi } from './open-api';
import { declaredRoutes } from './routes';

/** What this server can be asked, for neighbouring systems. It tells no more than the public sources do. */
@Controller('openapi.json')
@Policy('public')
export class OpenApiController {
  private description: Record<string, unknown> | null = null;

  constructor(private readonly discovery: DiscoveryService, private readonly scanner: MetadataScanner) {}

  @Get()
  describe(): Record<string, unknown> {
    this.description ??= describeApi(declaredRoutes(this.discovery, this.scanner), PRODUCT_VERSION);
    return this.description;
  }
}
