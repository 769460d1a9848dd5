package dev.countersign.cli.driver;

import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.net.URI;
import java.util.Optional;

/**
 * What a run does.
 *
 * @param scope what is asked for; with {@code openid} the person's identity too
 * @param details what is asked for beside it (RFC 9396)
 * @param redirectUri where the browser comes back; absent if the client asks for itself, by {@code
 *     client_credentials}
 * @param resource the API to call, by GET; absent for none
 * @param refreshes how often to refresh and call the API again
 */
public record Run(
    Scope scope,
    AuthorizationDetails details,
    Optional<RedirectUri> redirectUri,
    Optional<URI> resource,
    int refreshes) {}
