// axios declares no types for its CommonJS bundle, which loads in half the time of its ES modules.
declare module 'axios/dist/node/axios.cjs' {
  import type { AxiosRequestConfig, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
  import type { Exchange } from './exchange.ts';

  interface Own {
    /** What the adapter sends. */
    exchange: Exchange;
  }

  interface Settings extends Omit<AxiosRequestConfig, 'adapter'> {
    adapter: (config: InternalAxiosRequestConfig & Own) => Promise<AxiosResponse>;
  }

  interface Instance {
    request<Data>(config: AxiosRequestConfig & Own): Promise<AxiosResponse<Data>>;
  }

  const axios: { Axios: new (settings: Settings) => Instance };
  export default axios;
}
