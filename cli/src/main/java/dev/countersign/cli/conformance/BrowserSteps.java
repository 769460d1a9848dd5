package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import java.util.List;

/**
 * What the suite's browser does on the pages of the server. A task is done if the browser is at an
 * address that matches; a command that is {@code optional} is passed over where its element is not
 * on the page, so that the same tasks hold for somebody who is still logged in, or was asked
 * before.
 */
final class BrowserSteps {
  private static final int SECONDS = 10;
  private static final String OPTIONAL = "optional";

  private final String authorize;
  private final String interaction;
  private final String callback;
  private final String password;

  BrowserSteps(Addresses at, String password) {
    String issuer = at.issuer().value();
    this.authorize = issuer + "/authorize*";
    this.interaction = issuer + "/interaction*";
    this.callback = at.callback().value() + "*";
    this.password = password;
  }

  /** Logs in and allows what is asked; takes a picture of what is refused. */
  List<JsonObject> allow() {
    return List.of(visit(List.of(logIn(), choose("Allow", "allow"), failure(), back())));
  }

  /** Cancels. */
  List<JsonObject> cancel() {
    return List.of(visit(List.of(choose("Cancel", "cancel"), failure(), back())));
  }

  /** Looks at the page at the first visit and does nothing, logs in at the second. */
  List<JsonObject> lookFirst() {
    JsonObject look = visit(List.of(task("Look only", interaction, List.of())));
    return List.of(
        look.toBuilder().put("match-limit", 1).build(),
        visit(List.of(logIn(), choose("Allow", "allow"), failure(), back())));
  }

  private JsonObject visit(List<JsonObject> tasks) {
    return JsonObject.builder().put("match", authorize).put("tasks", tasks).build();
  }

  private JsonObject logIn() {
    return task(
        "Log in",
        interaction,
        List.of(
            List.of("text", "id", "username", Kit.USERNAME, OPTIONAL),
            List.of("text", "id", "password", password, OPTIONAL),
            click("login")));
  }

  private JsonObject choose(String name, String choice) {
    return task(name, interaction, List.of(click(choice)));
  }

  private static List<Object> click(String choice) {
    return List.of("click", "css", "button[name='choice'][value='" + choice + "']", OPTIONAL);
  }

  /** The page that tells a person why it does not go on stays at the authorization endpoint. */
  private JsonObject failure() {
    return task(
        "Picture of the refusal",
        authorize,
        List.of(
            List.of(
                "wait",
                "css",
                "[role='alert']",
                SECONDS,
                ".+",
                "update-image-placeholder-optional")));
  }

  private JsonObject back() {
    return task(
        "Back at the suite",
        callback,
        List.of(List.of("wait", "id", "submission_complete", SECONDS)));
  }

  private static JsonObject task(String name, String match, List<List<Object>> commands) {
    return JsonObject.builder()
        .put("task", name)
        .put("match", match)
        .put("optional", true)
        .put("commands", commands)
        .build();
  }
}
