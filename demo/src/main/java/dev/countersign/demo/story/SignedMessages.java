package dev.countersign.demo.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is told of the signatures of a request and its answer themselves. */
final class SignedMessages {
  private SignedMessages() {}

  static List<Signed> of(Evidence e) {
    Optional<Signed> request =
        e.requestSignature()
            .map(
                one ->
                    signed(one, e.requestHeaders("Content-Digest"), e.exchange().request().body()));
    Optional<Signed> answer =
        e.answerSignature()
            .map(
                one ->
                    signed(
                        one,
                        e.exchange().response().all("Content-Digest"),
                        e.exchange().response().body()));
    return Stream.of(request, answer).flatMap(Optional::stream).toList();
  }

  private static Signed signed(SeenSignature signature, List<String> digests, byte[] content) {
    List<Detail> claims = new ArrayList<>();
    signature.tag().ifPresent(tag -> claims.add(new Detail("tag", Shown.printable(tag))));
    claims.add(new Detail("covers", Shown.printable(String.join(" ", signature.names()))));
    if (!digests.isEmpty()) {
      boolean fits = SeenSignature.fits(digests, content);
      claims.add(new Detail("content", fits ? "as signed" : "NOT what was signed"));
    }
    signature.created().ifPresent(created -> claims.add(new Detail("created", created.toString())));
    signature.keyid().ifPresent(keyid -> claims.add(new Detail("keyid", Shown.beginning(keyid))));
    return new Signed(
        signature.what(),
        signature.signer().map(owner -> owner.algorithm().joseName()).orElse("not verified,"),
        signature.signer().map(KeyRing.Owner::name).orElse("nobody we know"),
        signature.signer().map(owner -> Shown.beginning(owner.thumbprint().value())).orElse(""),
        claims);
  }
}
