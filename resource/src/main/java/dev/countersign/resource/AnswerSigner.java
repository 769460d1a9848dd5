package dev.countersign.resource;

import java.util.List;
import java.util.Map;

/** Signs the answers to one request. */
interface AnswerSigner {

  /** Signs nothing. */
  AnswerSigner NONE =
      new AnswerSigner() {
        @Override
        public boolean signs() {
          return false;
        }

        @Override
        public List<Map.Entry<String, String>> sign(
            int status, List<Map.Entry<String, String>> fields, byte[] content) {
          return List.of();
        }
      };

  /** Whether it signs. */
  boolean signs();

  /** The fields to add; see {@link Verdict.Admitted#sign}. */
  List<Map.Entry<String, String>> sign(
      int status, List<Map.Entry<String, String>> fields, byte[] content);
}
