package dev.countersign.it.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.Main;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A developer who registers a client at the server over HTTPS, and changes and ends it. */
final class Registrant {
  /** What an operator hands to one who may register, and what goes into the configuration. */
  record Initial(String token, String digest) {
    /** As the command makes it. */
    static Initial byTheCommand() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (PrintStream to = new PrintStream(out, true, UTF_8)) {
        assertThat(Main.run(InputStream.nullInputStream(), to, to, "registration-token")).isZero();
      }
      List<String> lines = out.toString(UTF_8).lines().toList();
      return new Initial(after("token:", lines.get(0)), after("digest:", lines.get(1)));
    }

    private static String after(String label, String line) {
      assertThat(line).startsWith(label);
      return line.substring(label.length()).strip();
    }
  }

  private final World world;
  private final JsonObject registered;

  private Registrant(World world, JsonObject registered) {
    this.world = world;
    this.registered = registered;
  }

  /** Where the metadata of the server says that clients register. */
  static URI endpoint(World world) {
    return URI.create(
        text(world.document(world.issuer().openIdConfiguration()), "registration_endpoint"));
  }

  /** Registers a client. */
  static Registrant register(World world, String token, JsonObject metadata) {
    Exchange exchange = send(world, "POST", endpoint(world), token, metadata.toJson());
    assertThat(exchange.status()).as(exchange.answer()).isEqualTo(201);
    return new Registrant(world, exchange.json());
  }

  /** Sends anything to where clients register or are managed. */
  static Exchange send(World world, String method, URI url, String token, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      world.http().send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return world.wire().newest(url, one -> one.method().equals(method));
  }

  ClientId id() {
    return new ClientId(text(registered, "client_id"));
  }

  /** Puts this in the place of all that was registered. */
  JsonObject replace(JsonObject metadata) {
    Exchange exchange =
        manage("PUT", metadata.toBuilder().put("client_id", id().value()).build().toJson());
    assertThat(exchange.status()).as(exchange.answer()).isEqualTo(200);
    return exchange.json();
  }

  /** Ends the registration. */
  void end() {
    assertThat(manage("DELETE", "").status()).isEqualTo(204);
  }

  /** Asks where the registration is, with its own token. */
  Exchange manage(String method, String body) {
    return send(
        world,
        method,
        URI.create(text(registered, "registration_client_uri")),
        text(registered, "registration_access_token"),
        body);
  }

  /** What the server answered to the registration. */
  JsonObject registered() {
    return registered;
  }

  private static String text(JsonObject of, String member) {
    try {
      return of.string(member).orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }
}
