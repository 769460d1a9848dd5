package dev.countersign.attacker.play;

import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.util.function.Consumer;

/** A request that is about to be pushed: right, unless it is {@linkplain #but changed}. */
public final class Push {
  private final Caller caller;
  private final FormCall call;
  private final String verifier;
  private final String state;
  private final String nonce;

  Push(Caller caller, FormCall call, String verifier, String state, String nonce) {
    this.caller = caller;
    this.call = call;
    this.verifier = verifier;
    this.state = state;
    this.nonce = nonce;
  }

  /** With a change. */
  public Push but(Consumer<FormCall> change) {
    change.accept(call);
    return this;
  }

  /** The form, to be changed. */
  public FormCall call() {
    return call;
  }

  /** The {@code code_verifier} that the challenge is made of. */
  public String verifier() {
    return verifier;
  }

  /**
   * Sends it.
   *
   * @throws IOException if there is no answer, or it may not be sent
   */
  public Answer send() throws IOException {
    return call.send();
  }

  /**
   * Sends it; it must be taken.
   *
   * @throws TwinFailedException if it is refused
   */
  public Pushed pushed() throws IOException {
    return pushed(send());
  }

  /** What an answer to it gave. */
  public Pushed pushed(Answer answer) throws IOException {
    String requestUri =
        answer
            .member("request_uri")
            .filter(_ -> answer.isSuccess())
            .orElseThrow(
                () -> new TwinFailedException("the pushed request was answered " + answer.brief()));
    return new Pushed(
        caller.authorizationUrl(requestUri), requestUri, verifier, state, nonce, expiresIn(answer));
  }

  private static long expiresIn(Answer answer) {
    try {
      return answer.json().isPresent()
          ? answer.json().get().integer("expires_in").orElse(-1L)
          : -1L;
    } catch (MalformedJsonException e) {
      return -1;
    }
  }
}
