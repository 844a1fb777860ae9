import {
  Catch,
  Controller,
  Get,
  HttpException,
  Post,
  type ArgumentsHost,
  type ExceptionFilter,
  type Type,
} from '@nestjs/common';

/* Decorators are plain functions, called as such: nothing here needs a compiler that knows them. */

/** The throttlers count each method apart. */
class Routes {
  createToken() {
    return {
      accessToken: 'opaque',
      application: { mode: 'test', owner: { id: 'company-1' } },
    };
  }

  me() {
    return { id: 'user-1', username: 'user', email: 'user@example.com' };
  }

  companies() {
    return [];
  }

  validateCertificate() {
    return { RefSchemaUrl: 'https://example.com/schema.json' };
  }
}

function route(decorate: MethodDecorator, name: keyof Routes): void {
  const descriptor = Object.getOwnPropertyDescriptor(Routes.prototype, name);
  if (descriptor !== undefined) decorate(Routes.prototype, name, descriptor);
}

route(Post('tokens'), 'createToken');
route(Get('users/me'), 'me');
route(Get('companies'), 'companies');
route(Post('certificates/validate'), 'validateCertificate');
Controller()(Routes);

/** Some of S1SEVEN's routes, with answers of the right shape. */
export const controllers: Type[] = [Routes];

/** Gives errors the fields that S1SEVEN gives them (API information, "Error handling"). */
export class ErrorFilter implements ExceptionFilter<HttpException> {
  catch(exception: HttpException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<{ url: string; method: string }>();
    const response = http.getResponse<{ status(code: number): { json(body: object): void } }>();
    const statusCode = exception.getStatus();
    response.status(statusCode).json({
      statusCode,
      path: request.url,
      method: request.method,
      timestamp: new Date().toISOString(),
      message: exception.message,
      name: exception.name,
      details: null,
    });
  }
}
Catch(HttpException)(ErrorFilter);
