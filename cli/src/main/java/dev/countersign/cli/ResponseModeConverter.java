package dev.countersign.cli;

import dev.countersign.protocol.authorization.ResponseMode;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the option of a response mode that a redirect can carry in its query. */
final class ResponseModeConverter implements ITypeConverter<ResponseMode> {
  private static final Set<ResponseMode> IN_THE_QUERY =
      Set.of(ResponseMode.QUERY, ResponseMode.JWT, ResponseMode.QUERY_JWT);

  @Override
  public ResponseMode convert(String value) {
    return ResponseMode.of(value)
        .filter(IN_THE_QUERY::contains)
        .orElseThrow(
            () -> new TypeConversionException("'" + value + "' is not query, jwt or query.jwt"));
  }
}
