package dev.countersign.edge;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers a server's identities by the type of their key: the first EC or the first RSA one. An
 * alias is an identity's place in the list. Takes keys that do not leave their module, which a key
 * store in memory could not hold.
 */
final class IdentityKeyManager extends X509ExtendedKeyManager {
  private final List<TlsIdentity> identities;

  IdentityKeyManager(List<TlsIdentity> identities) {
    this.identities = List.copyOf(identities);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return aliases(keyType).findFirst().orElse(null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return aliases(keyType).findFirst().orElse(null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType).toArray(String[]::new);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return identity(alias)
        .map(identity -> identity.chain().toArray(X509Certificate[]::new))
        .orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return identity(alias).map(TlsIdentity::key).orElse(null);
  }

  /** None: a server's identity is not for clients. */
  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[0];
  }

  /** None: a server's identity is not for clients. */
  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  private Stream<String> aliases(String keyType) {
    return IntStream.range(0, identities.size())
        .filter(i -> algorithm(identities.get(i)).equals(keyType))
        .mapToObj(Integer::toString);
  }

  private Optional<TlsIdentity> identity(String alias) {
    return IntStream.range(0, identities.size())
        .filter(i -> Integer.toString(i).equals(alias))
        .mapToObj(identities::get)
        .findFirst();
  }

  private static String algorithm(TlsIdentity identity) {
    return identity.chain().getFirst().getPublicKey().getAlgorithm();
  }
}
