package dev.countersign.cli;

import dev.countersign.protocol.oauth.Issuer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an issuer identifier. */
final class IssuerConverter implements ITypeConverter<Issuer> {

  @Override
  public Issuer convert(String value) {
    try {
      return new Issuer(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'" + value + "' is not an https URL without query and fragment");
    }
  }
}
