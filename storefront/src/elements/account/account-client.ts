import { ApiClient, ApiError } from "../../api/client.ts";

/** Asks in the name of somebody: an account that is nobody's is no empty one. */
export class AccountClient extends ApiClient {
  /**
   * As `ApiClient.send`. To nobody the app answers lists of nothing; where it is known that nobody
   * is signed in, that is said instead.
   */
  override async send(query: Parameters<ApiClient["send"]>[0]): Promise<unknown> {
    const data = await super.send(query);
    if (this.sentToken === false) throw new ApiError("UNAUTHENTICATED", "Nobody is signed in");
    return data;
  }
}
