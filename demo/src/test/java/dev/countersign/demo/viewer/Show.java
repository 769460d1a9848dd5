package dev.countersign.demo.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.Tokens;
import dev.countersign.demo.ca.LocalCa;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.DemoSecrets;
import dev.countersign.demo.scene.Door;
import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Purchase;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.scene.Stage;
import dev.countersign.demo.story.Json;
import dev.countersign.edge.CannotListenException;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.remote.RemoteException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jsoup.Jsoup;

/** A scene with a viewer of it, a client that makes journeys, and a reader of the viewer. */
final class Show implements AutoCloseable {
  private static final JsonLimits ANY_SIZE = new JsonLimits(16 * 1024 * 1024, 16);

  private final Stage stage;
  private final Scene scene;
  private final URI self;
  private final FapiClient client;
  private final HttpClient http;
  private final List<Exchange> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now;

  private Show(Stage stage, Scene scene, Door door, AtomicReference<Instant> now)
      throws RemoteException {
    this.now = now;
    this.stage = stage;
    this.scene = scene;
    this.self = door.origin();
    this.client = scene.client();
    this.http = stage.quietHttp();
    stage.wire().listen(heard::add);
    door.serve(stage.keep(FlowViewer.of(scene, self, scene.serverKeys())));
  }

  static Show open() throws CannotListenException, RemoteException {
    return open(Signing.AS_EVER);
  }

  static Show open(Signing signing) throws CannotListenException, RemoteException {
    // It stands still: no copy gets too old, however slow the machine is.
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    InstantSource clock = now::get;
    LocalCa ca = LocalCa.create(clock.instant(), new SecureRandom());
    Stage stage = new Stage(new Stage.Settings(Jose.jdk(), clock, ca));
    Scene scene =
        Scene.open(
            stage,
            stage.door("localhost", 0),
            stage.door("localhost", 0),
            Cast.UNATTENDED,
            List.of(Cast.anna(DemoSecrets.password(stage.random()))),
            signing);
    return new Show(stage, scene, stage.door("localhost", 0), now);
  }

  /** What the bank answers to exactly this, which need be no HTTP that a client would send. */
  String raw(String request) throws IOException {
    URI bank = scene.addresses().bank();
    try (Socket socket =
        stage.trust().getSocketFactory().createSocket(bank.getHost(), bank.getPort())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** Lets time pass for everybody. */
  void later(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  Scene scene() {
    return scene;
  }

  URI self() {
    return self;
  }

  FapiClient client() {
    return client;
  }

  /** Everything that went over the wire, with all its secrets. */
  List<Exchange> heard() {
    return heard;
  }

  Person anna() {
    return scene.people().getFirst();
  }

  /** From the first message to tokens, which allow to pay for a book too. */
  Tokens connect() throws ClientException, IOException, InterruptedException {
    return connect(Purchase.asked(scene.addresses().bank(), "12.50"));
  }

  Tokens connect(AuthorizationDetail payment)
      throws ClientException, IOException, InterruptedException {
    BrowserSession session = BrowserSession.random(stage.random());
    try (Visitor visitor = visitor()) {
      Visitor.Place login = visitor.open(begin(session, AuthorizationDetails.of(payment)));
      Map<String, String> typed =
          Map.of("username", anna().username(), "password", anna().password());
      Visitor.Place consent = visitor.press(login, "button[value=login]", typed);
      Visitor.Place end = visitor.press(consent, "button[value=allow]", Map.of());
      return client.callback(session, end.url().getRawQuery());
    }
  }

  /** From the first message to the login page. */
  void leaveAtLogin() throws ClientException, IOException, InterruptedException {
    try (Visitor visitor = visitor()) {
      visitor.open(begin(BrowserSession.random(stage.random()), AuthorizationDetails.NONE));
    }
  }

  /** Each run is a whole one: the person is asked though they allowed it in the run before. */
  private URI begin(BrowserSession session, AuthorizationDetails details) throws ClientException {
    FlowRequest request =
        FlowRequest.of(Cast.ASKED.toString())
            .withPrompt(Set.of(Prompt.CONSENT))
            .withAuthorizationDetails(details)
            .withGrantManagement(GrantManagement.create());
    return client.begin(session.confirmStart(session.startToken()), request).value();
  }

  Visitor visitor() {
    return new Visitor(stage.trust(), Cast.UNATTENDED.uri());
  }

  /** A run with all that can be broken in one. */
  Tokens wholeRun() throws ClientException, IOException, InterruptedException {
    Tokens tokens = connect();
    client.userinfo(tokens);
    readAccounts(tokens);
    readBookings(tokens);
    pay(tokens);
    client.refresh(tokens);
    return tokens;
  }

  /** The accounts as the bank says that they are. */
  String readAccounts(Tokens tokens) throws ClientException {
    ResourceRequest request = ResourceRequest.get(scene.addresses().bank().resolve("/accounts"));
    return new String(client.call(tokens, request).body(), UTF_8);
  }

  void readBookings(Tokens tokens) throws ClientException {
    client.call(
        tokens,
        ResourceRequest.get(scene.addresses().bank().resolve("/accounts/current/transactions")));
  }

  void pay(Tokens tokens) throws ClientException {
    JsonObject order = Purchase.order(tokens);
    client.call(
        tokens,
        ResourceRequest.of("POST", scene.addresses().bank().resolve("/payments"))
            .withBody("application/json", order.toBytes()));
  }

  /** The messages as a page that opens now gets them, in the order of their answers. */
  List<JsonObject> messages() throws IOException, InterruptedException {
    List<JsonObject> all = new ArrayList<>();
    JsonObject news = flow(0, 0);
    while (!Json.objects(news, "messages").isEmpty()) {
      all.addAll(Json.objects(news, "messages"));
      if (Json.number(all.getLast(), "heard")
          .equals(Optional.of((long) heard.getLast().number()))) {
        break;
      }
      news = flow(edition(news), Json.number(all.getLast(), "heard").orElseThrow());
    }
    return all;
  }

  static long edition(JsonObject news) {
    return Json.number(news, "edition").orElseThrow();
  }

  JsonObject flow(long edition, long after) throws IOException, InterruptedException {
    return json(get("/flow?edition=" + edition + "&after=" + after));
  }

  /** The newest message of this kind that no attacker sent. */
  JsonObject newest(String kind) throws IOException, InterruptedException {
    return messages().reversed().stream()
        .filter(one -> Json.text(one, "kind").equals(Optional.of(kind)) && !one.has("attempt"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing is a " + kind));
  }

  /** Breaks a message as the page does. Gives back what the broken copy came to. */
  JsonObject attack(Break how, JsonObject victim) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            own("/break")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JsonObject.builder()
                            .put("number", Json.number(victim, "number"))
                            .put("how", how.id())
                            .build()
                            .toJson())));
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
    Optional<Long> number = Json.number(json(response), "number");
    return messages().stream()
        .filter(one -> Json.number(one, "number").equals(number))
        .findFirst()
        .orElseThrow();
  }

  /** A request as the viewer's own page sends it. */
  HttpRequest.Builder own(String path) throws IOException, InterruptedException {
    return HttpRequest.newBuilder(self.resolve(path))
        .header("Content-Type", "application/json")
        .header("Origin", self.toString())
        .header("Sec-Fetch-Site", "same-origin")
        .header(RequestGuard.FIELD, token());
  }

  private String token() throws IOException, InterruptedException {
    return Jsoup.parse(get("/").body()).select("meta[name=flow-token]").attr("content");
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(self.resolve(path)).GET());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    try {
      return JsonObject.parse(response.body().getBytes(UTF_8), ANY_SIZE);
    } catch (MalformedJsonException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  @Override
  public void close() {
    stage.close();
  }
}
