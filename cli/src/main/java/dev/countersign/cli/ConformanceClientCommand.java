package dev.countersign.cli;

import dev.countersign.cli.driver.Driver;
import dev.countersign.cli.driver.Outcome;
import dev.countersign.cli.driver.RedirectFollower;
import dev.countersign.cli.driver.Report;
import dev.countersign.cli.driver.Run;
import dev.countersign.client.ClientAuthentication;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.StrictTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign conformance-client}. */
@Command(
    name = "conformance-client",
    description = {
      "Runs one flow of the client library from an issuer's URL on: discovery, pushed request,"
          + " authorization, tokens, userinfo, API. It is the client of the OpenID Foundation's"
          + " test plans for clients, whose server sends the browser back at once: no page is"
          + " shown.",
      "It tells each step and ends with success or with the reason why it stopped. In many tests of"
          + " the suite stopping is right."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:a server refused, or did not send the browser back",
      "2:the command line is wrong",
      "3:stopped, because what came breaks a rule",
      "69:no answer, or TLS that cannot be trusted"
    })
final class ConformanceClientCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_PAGE_BYTES = 256 * 1024;
  private static final int REFRESHES = 2;

  /** How the client authenticates, by the names of the suite. */
  enum Auth {
    PRIVATE_KEY_JWT,
    MTLS
  }

  /** The grant to ask by. */
  enum Grant {
    AUTHORIZATION_CODE,
    CLIENT_CREDENTIALS
  }

  @Option(
      names = "--issuer",
      required = true,
      paramLabel = "URL",
      converter = IssuerConverter.class,
      description = "The issuer, character by character as it names itself.")
  private Issuer issuer = new Issuer("https://invalid.example");

  @Option(names = "--client-id", required = true, paramLabel = "ID", description = "The client.")
  private String clientId = "";

  @Option(
      names = "--auth",
      paramLabel = "METHOD",
      defaultValue = "private_key_jwt",
      description = "How it authenticates: private_key_jwt or mtls. Default: ${DEFAULT-VALUE}.")
  private Auth auth = Auth.PRIVATE_KEY_JWT;

  @Option(
      names = "--constrain",
      paramLabel = "METHOD",
      defaultValue = "dpop",
      description = "What tokens are bound to: dpop or mtls. Default: ${DEFAULT-VALUE}.")
  private SenderConstraint constrain = SenderConstraint.DPOP;

  @Option(
      names = "--grant",
      paramLabel = "GRANT",
      defaultValue = "authorization_code",
      description =
          "authorization_code, or client_credentials for a token without a person. Default:"
              + " ${DEFAULT-VALUE}.")
  private Grant grant = Grant.AUTHORIZATION_CODE;

  @Option(
      names = "--openid",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Ask for the person's identity, too (the default); with --no-openid this is plain OAuth.")
  private boolean openid = true;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "",
      description = "What is asked for besides, with spaces between.")
  private String scope = "";

  @Option(
      names = "--authorization-details",
      paramLabel = "FILE",
      description = "What is asked for beside the scope: a JSON array of objects (RFC 9396).")
  private Optional<Path> details = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Private JWK, or a set of one, for private_key_jwt and --signed-requests.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--signed-requests",
      description = "Sign the pushed request (JAR) with the key of --key.")
  private boolean signedRequests;

  @Option(
      names = "--response-mode",
      paramLabel = "MODE",
      converter = ResponseModeConverter.class,
      defaultValue = "query",
      description =
          "How the answer comes: query, or signed (JARM) by jwt or query.jwt. Default:"
              + " ${DEFAULT-VALUE}.")
  private ResponseMode responseMode = ResponseMode.QUERY;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "PEM of the client certificate, with its chain. Needed for mtls.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--certificate-key",
      paramLabel = "FILE",
      description = "PEM of its private key (PKCS #8).")
  private Optional<Path> certificateKey = Optional.empty();

  @Option(
      names = "--redirect-uri",
      paramLabel = "URL",
      description = "Where the browser comes back. Nobody needs to listen there.")
  private Optional<String> redirectUri = Optional.empty();

  @Option(
      names = "--resource",
      paramLabel = "URL",
      description = "The API to call; the suite shows it as accounts_endpoint.")
  private Optional<URI> resource = Optional.empty();

  @Option(
      names = "--refresh",
      description = "Refresh twice after the call of the API, and call it again each time.")
  private boolean refresh;

  @Option(
      names = "--use-mtls-endpoint-aliases",
      description = "As in the client's registration: call every endpoint at its alias.")
  private boolean useMtlsEndpointAliases;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "PEM of the authorities to trust in place of those of Java, or of a certificate that"
              + " signed itself.")
  private Optional<Path> ca = Optional.empty();

  @Option(names = "--json", description = "Print JSON, one object a line, for programs.")
  private boolean json;

  @Option(
      names = "--crypto",
      paramLabel = "PROVIDER",
      defaultValue = "auto",
      description =
          "Who does the cryptography: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private CryptoChoice crypto = CryptoChoice.AUTO;

  private final Surroundings with;

  ConformanceClientCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    RecentLog.instead();
    Jose jose = new Crypto().choose(crypto);
    SecureRandom random = new SecureRandom();
    Run run = run();
    FapiClient client = client(run, jose, random);
    HttpClient browser = StrictTls.httpClient(ClientFiles.trust(ca), TIMEOUT);
    Report report = json ? new JsonReport(with.out()) : new TextReport(with.out());
    Driver driver =
        new Driver(
            client,
            new RedirectFollower(new HttpsExchange(browser, TIMEOUT, MAX_PAGE_BYTES)),
            random,
            report);
    return switch (driver.run(run)) {
      case Outcome.Success _ -> ExitCode.OK;
      case Outcome.Stopped _ -> ExitCode.STOPPED;
      case Outcome.Refused _ -> ExitCode.FAILED;
      case Outcome.Unreachable _ -> ExitCode.UNAVAILABLE;
    };
  }

  private Run run() throws CommandFailure {
    boolean person = grant == Grant.AUTHORIZATION_CODE;
    if (person && redirectUri.isEmpty()) {
      throw wrong("--redirect-uri is needed, unless --grant is client_credentials");
    }
    try {
      return new Run(
          asked(person),
          details.isPresent() ? ClientFiles.details(details.get()) : AuthorizationDetails.NONE,
          redirectUri.filter(_ -> person).map(RedirectUri::new),
          resource,
          refresh ? REFRESHES : 0);
    } catch (IllegalArgumentException e) {
      throw wrong("--redirect-uri or --scope: " + e.getMessage());
    }
  }

  private Scope asked(boolean person) throws CommandFailure {
    Set<String> tokens = new LinkedHashSet<>();
    if (person && openid) {
      tokens.add(Scope.OPENID);
    }
    List.of(scope.split(" ", -1)).stream().filter(one -> !one.isEmpty()).forEach(tokens::add);
    if (tokens.contains(Scope.OPENID) && !(person && openid)) {
      throw wrong("--scope has openid, which --no-openid and client_credentials go without");
    }
    if (person && tokens.isEmpty() && details.isEmpty()) {
      throw wrong("--scope or --authorization-details is needed with --no-openid");
    }
    return new Scope(List.copyOf(tokens));
  }

  private FapiClient client(Run run, Jose jose, SecureRandom random) throws CommandFailure {
    boolean shows =
        auth == Auth.MTLS || constrain == SenderConstraint.MTLS || useMtlsEndpointAliases;
    try {
      FapiClientBuilder client =
          FapiClient.builder(issuer, new ClientId(clientId), authentication())
              .senderConstraint(constrain)
              .sslContext(ClientFiles.trust(ca))
              .jose(jose)
              .random(random)
              .timeout(TIMEOUT);
      run.redirectUri().ifPresent(client::redirectUri);
      if (shows) {
        client.mutualTls(
            ClientFiles.certificate(
                    needed(certificate, "--certificate"),
                    needed(certificateKey, "--certificate-key"))
                .sslContext(ClientFiles.trustManagers(ca)));
      }
      sign(client);
      return useMtlsEndpointAliases ? client.useMtlsEndpointAliases().build() : client.build();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void sign(FapiClientBuilder client) throws CommandFailure {
    if (signedRequests) {
      client.signedRequests(ClientFiles.key(needed(key, "--key")));
    }
    if (responseMode.isSigned()) {
      client.signedResponses(responseMode);
    }
  }

  private ClientAuthentication authentication() throws CommandFailure {
    return switch (auth) {
      case MTLS -> new ClientAuthentication.MutualTls();
      case PRIVATE_KEY_JWT ->
          new ClientAuthentication.PrivateKeyJwt(ClientFiles.key(needed(key, "--key")));
    };
  }

  private static Path needed(Optional<Path> file, String option) throws CommandFailure {
    return file.orElseThrow(() -> wrong(option + " is needed for that"));
  }

  private static CommandFailure wrong(String message) {
    return new CommandFailure(
        ExitCode.USAGE, message + ". Try countersign conformance-client --help.");
  }
}
